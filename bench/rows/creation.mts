import { existsSync, readFileSync } from 'node:fs';

import { create, httpRequestNode, ourNode, withFreshCredential } from '../creation.mts';
import { bareClient, perSecond } from '../bare.mts';
import type { Row } from '../row.mts';
import { onStage } from '../stage.mts';
import { inTurns } from '../turns.mts';

/** As many as our node begins with. */
const IN_FLIGHT = 16;

/** Against what the machine and the API allow. */
export const againstBareClient: Row = {
	name: 'bare',
	what: 'Case → Create, 1,000 items, 20 ms API',
	theirs: `bare client, ${IN_FLIGHT} in flight`,
	unit: 'items/s',
	goal: { of: 'ratio', is: 'atLeast', value: 0.6 },
	measure: ({ rounds, items }) =>
		onStage((stage) =>
			inTurns(
				rounds,
				async () => perSecond(items, await create(stage, ourNode, items)),
				async () => perSecond(items, await bareClient(stage.sandbox.url, items, IN_FLIGHT)),
			),
		),
};

/** Whether many items cost more each than few. */
export const manyItems: Row = {
	name: 'many',
	what: 'time per item, 10,000 items',
	theirs: '1,000 items',
	unit: 'ms',
	goal: { of: 'ratio', is: 'atMost', value: 1.15 },
	measure: ({ rounds, items, manyItems: many }) =>
		onStage((stage) =>
			inTurns(
				rounds,
				async () => (await create(stage, ourNode, many)) / many,
				async () => (await create(stage, ourNode, items)) / items,
			),
		),
};

/** The most memory that a process ever held, and what it holds now, in MB (proc(5)). */
function memoryOf(processId: number): { most: number; now: number } {
	const status = readFileSync(`/proc/${processId}/status`, 'utf8');
	const megabytes = (field: string) =>
		Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
	return { most: megabytes('VmHWM'), now: megabytes('VmRSS') };
}

async function memoryFor(node: typeof ourNode, items: number): Promise<number> {
	return await onStage(async (started) => {
		const stage = await withFreshCredential(started);
		const { processId } = stage.process;
		const before = memoryOf(processId).now;
		await create(stage, node, items);
		return memoryOf(processId).most - before;
	});
}

/** In a fresh n8n each time: what a process once held, it mostly keeps. */
export const memory: Row = {
	name: 'memory',
	group: 'automatic',
	what: 'peak memory of n8n over its start, 10,000 items',
	theirs: 'HTTP Request node',
	unit: 'MB',
	goal: { of: 'ratio', is: 'atMost', value: 0.8 },
	async measure({ rounds, manyItems: many }) {
		if (!existsSync('/proc/self/status'))
			throw new Error(
				'What memory a process holds is read from /proc, which this machine does not have.',
			);
		return await inTurns(
			rounds,
			() => memoryFor(ourNode, many),
			() => memoryFor(httpRequestNode, many),
		);
	},
};

/** On a credential without a token. */
export const exchanges: Row = {
	name: 'exchanges',
	what: 'token exchanges, 1,000 items on an empty token',
	theirs: 'one per item',
	unit: 'exchanges',
	goal: { of: 'ours', is: 'atMost', value: 1 },
	measure: ({ items }) =>
		onStage(async (stage) => {
			await create(stage, ourNode, items);
			const { data } = await stage.sandbox.control.get<{ operationId: string }[]>('/calls', {
				params: { operationId: 'authorize' },
			});
			return {
				ours: [data.filter(({ operationId }) => operationId === 'authorize').length],
				theirs: [items],
			};
		}),
};
