import { bareClient, perSecond } from '../bare.mts';
import {
	create,
	httpRequestNode,
	ourNode,
	tryToCreate,
	withFreshCredential,
} from '../creation.mts';
import type { Figures, Row } from '../row.mts';
import type { Scale } from '../scale.mts';
import { onStage, type Stage } from '../stage.mts';
import { inTurns } from '../turns.mts';
import { type Behavior, startVendor, type Vendor } from '../vendor.mts';

/** What our node keeps in flight in the median, at most, where the API works on twenty at a time. */
const MOST_IN_FLIGHT = 60;

/** Which part of the requests the API may reject, at most. */
const MOST_REJECTED = 0.05;

const slow = (stage: Stage, milliseconds: number) =>
	stage.sandbox.control.patch('/settings', { delayMs: milliseconds });

/** Each turn begins with a credential that nothing is known of. */
async function createdPerSecond(stage: Stage, node: typeof ourNode, items: number) {
	return perSecond(items, await create(await withFreshCredential(stage), node, items));
}

/** Against what one would take instead, which puts all items in flight at once. */
function againstHttpRequest(name: string, milliseconds: number, goal: number): Row {
	return {
		name,
		group: 'automatic',
		what: `Case → Create, 1,000 items, ${milliseconds.toLocaleString('en')} ms API`,
		theirs: 'HTTP Request node',
		unit: 'items/s',
		goal: { of: 'ratio', is: 'atLeast', value: goal },
		measure: ({ rounds, items }) =>
			onStage(async (stage) => {
				await slow(stage, milliseconds);
				return await inTurns(
					rounds,
					() => createdPerSecond(stage, ourNode, items),
					() => createdPerSecond(stage, httpRequestNode, items),
				);
			}),
	};
}

const againstBareClient: Row = {
	name: 'automatic-bare',
	group: 'automatic',
	what: 'Case → Create, 1,000 items, 300 ms API',
	theirs: 'bare client, 200 in flight',
	unit: 'items/s',
	goal: { of: 'ratio', is: 'atLeast', value: 0.5 },
	measure: ({ rounds, items }) =>
		onStage(async (stage) => {
			await slow(stage, 300);
			return await inTurns(
				rounds,
				() => createdPerSecond(stage, ourNode, items),
				async () => perSecond(items, await bareClient(stage.sandbox.url, items, 200)),
			);
		}),
};

/** Against a bare client that knows the best number. */
async function againstBest(
	{ rounds, items }: Scale,
	behavior: Behavior,
	best: number,
	remember: (vendor: Vendor) => void,
	afterwards: (stage: Stage, vendor: Vendor) => Promise<Partial<Figures>>,
): Promise<Figures> {
	return await onStage(async (stage) => {
		const vendor = await startVendor(behavior);
		try {
			const figures = await inTurns(
				rounds,
				async () => {
					const fresh = await withFreshCredential(stage, vendor.url);
					vendor.statistics();
					const milliseconds = await create(fresh, ourNode, items, vendor.url);
					remember(vendor);
					return perSecond(items, milliseconds);
				},
				async () => perSecond(items, await bareClient(vendor.url, items, best)),
			);
			return { ...figures, ...(await afterwards(stage, vendor)) };
		} finally {
			await vendor.close();
		}
	});
}

const twentyAtATime: Row = {
	name: 'automatic-twenty',
	group: 'automatic',
	what: 'the same, an API of 100 ms that serves 20 at a time',
	theirs: 'bare client, 20 in flight',
	unit: 'items/s',
	goal: { of: 'ratio', is: 'atLeast', value: 0.9 },
	measure: async (scale) => {
		const inFlight: number[] = [];
		return await againstBest(
			scale,
			{ milliseconds: 100, capacity: 20 },
			20,
			(vendor) => inFlight.push(vendor.statistics().medianInFlight),
			() => {
				const most = Math.max(...inFlight);
				return Promise.resolve({
					remark: `${most} in flight in the median at most, ${MOST_IN_FLIGHT} are allowed`,
					isRemarkGood: most <= MOST_IN_FLIGHT,
				});
			},
		);
	},
};

const fiftyAccepted: Row = {
	name: 'automatic-fifty',
	group: 'automatic',
	what: 'the same, an API of 300 ms that responds 429 beyond 50 in flight',
	theirs: 'bare client, 50 in flight',
	unit: 'items/s',
	goal: { of: 'ratio', is: 'atLeast', value: 0.8 },
	measure: async (scale) => {
		const parts: number[] = [];
		return await againstBest(
			scale,
			{ milliseconds: 300, accepts: 50 },
			50,
			(vendor) => {
				const { requests, rejected } = vendor.statistics();
				parts.push(rejected / requests);
			},
			async (stage, vendor) => {
				const fresh = await withFreshCredential(stage, vendor.url);
				const { made } = await tryToCreate(fresh, httpRequestNode, scale.items, vendor.url);
				const percent = (Math.max(...parts) * 100).toFixed(1);
				return {
					remark: `${percent} % got 429 at most; 0 items failed, of the HTTP Request node ${scale.items - made}`,
					isRemarkGood: Math.max(...parts) <= MOST_REJECTED,
				};
			},
		);
	},
};

/** How many items at once, found out by the node itself. */
export const automatic: Row[] = [
	againstHttpRequest('create', 20, 2.5),
	againstHttpRequest('automatic-100', 100, 2),
	againstHttpRequest('automatic-300', 300, 2),
	againstHttpRequest('automatic-1000', 1_000, 0.7),
	againstBareClient,
	twentyAtATime,
	fiftyAccepted,
];
