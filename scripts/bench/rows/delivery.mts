import { deliver, forged, ourTrigger, signed, webhookNode, webhookNodeLikeOthers } from '../delivery.mts';
import type { Row } from '../row.mts';
import { onStage } from '../stage.mts';
import { inTurns } from '../turns.mts';

function against(receiver: typeof webhookNode): Row['measure'] {
	return ({ rounds, deliveries }) => onStage(async (stage) => {
		const [ours, theirs] = [await ourTrigger(stage), await receiver(stage)];
		return await inTurns(
			rounds,
			async () => await deliver(stage, ours, await signed(stage, deliveries), 200),
			async () => await deliver(stage, theirs, await signed(stage, deliveries), 200),
		);
	});
}

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
	measure: ({ rounds, deliveries }) => onStage(async (stage) => {
		const receiver = await ourTrigger(stage);
		return await inTurns(
			rounds,
			async () => await deliver(stage, receiver, forged(await signed(stage, deliveries)), 401),
			async () => await deliver(stage, receiver, await signed(stage, deliveries), 200),
		);
	}),
};
