import { deliver, forged, ourTrigger, webhookNode, webhookNodeLikeOthers } from '../delivery.mts';
import { signedDeliveries } from '../../test/tools/signed-deliveries.mts';
import type { Row } from '../row.mts';
import { onStage } from '../stage.mts';
import { inTurns } from '../turns.mts';

// By itself, n8n 2 starts an expression engine for each delivery, needed or not.
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

interface Side {
	receiver: typeof webhookNode;
	/** What is done to genuine deliveries before they are sent. */
	change?: typeof forged;
	status: number;
}

const ourGenuine: Side = { receiver: ourTrigger, status: 200 };
const ourForged: Side = { receiver: ourTrigger, change: forged, status: 401 };

function between(ours: Side, theirs: Side, environment = {}): Row['measure'] {
	return ({ rounds, deliveries }) =>
		onStage(async (stage) => {
			const turnsOf = async ({ receiver, change = (all) => all, status }: Side) => {
				const place = await receiver(stage);
				return async () =>
					await deliver(
						stage,
						place,
						change(await signedDeliveries(stage.sandbox, deliveries)),
						status,
					);
			};
			return await inTurns(rounds, await turnsOf(ours), await turnsOf(theirs));
		}, environment);
}

const against = (receiver: typeof webhookNode, environment = {}) =>
	between(ourGenuine, { receiver, status: 200 }, environment);
const refusals = (environment = {}) => between(ourForged, ourGenuine, environment);

/** From the sender to an execution that n8n has begun. */
export const genuine: Row = {
	name: 'genuine',
	what: 'genuine deliveries to a started execution',
	theirs: 'Webhook node, no check',
	unit: 'deliveries/s',
	goal: { of: 'ratio', is: 'atLeast', value: 0.95 },
	measure: against(webhookNode),
};

/** What n8n itself allows a trigger that is not its own Webhook node. */
export const genuineLikeOthers: Row = {
	name: 'alike',
	what: 'the same',
	theirs: 'Webhook node with an expression',
	unit: 'deliveries/s',
	goal: { of: 'ratio', is: 'atLeast', value: 0.95 },
	measure: against(webhookNodeLikeOthers),
};

/** The dearest kind: everything about them is right but the signature. */
export const refused: Row = {
	name: 'refused',
	what: 'refused deliveries',
	theirs: 'our genuine ones',
	unit: 'deliveries/s',
	goal: { of: 'ratio', is: 'atLeast', value: 15 },
	measure: refusals(),
};

/** The same two where n8n is told to start that engine only when something asks for it. */
export const lazyGenuine: Row = {
	...genuine,
	name: 'lazy',
	what: 'genuine ones, lazy expression engine',
	measure: against(webhookNode, LAZY),
};
export const lazyRefused: Row = {
	...refused,
	name: 'lazy-refused',
	what: 'refused ones, lazy expression engine',
	measure: refusals(LAZY),
};
