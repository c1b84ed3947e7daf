import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { ACTION_NODE } from '../../scripts/n8n/workflow.mts';
import type { Row } from '../row.mts';
import { NODE, runNode } from '../run-node.mts';
import { onStage } from '../stage.mts';

/** It takes two seconds at the sandbox's usual pace. */
const DEFINITION = DEFINITION_IDS.companyCheck;
const USUAL_SECONDS = 2;

/** What the vendor's own example does. */
const FIXED_SECONDS = 2;

interface Call {
	operationId: string;
	path: string;
	at: string;
}

/** By how much the last question about each run came after its end, at most. */
function latest(calls: Call[], runSeconds: number): number {
	const started = new Map<string, number>();
	const asked = new Map<string, number>();
	for (const { path, at } of calls) {
		const id = path.split('/').at(-1) ?? '';
		const time = Date.parse(at);
		asked.set(id, Math.max(asked.get(id) ?? 0, time));
		started.set(id, Math.min(started.get(id) ?? time, time));
	}
	return Math.max(
		...[...asked].map(([id, time]) => (time - (started.get(id) ?? time)) / 1_000 - runSeconds),
	);
}

/** Run with Wait for Completion for hundreds of items at once. */
export const waiting: Row = {
	name: 'waiting',
	what: 'status requests to wait for 500 runs of 30 s',
	theirs: 'one every 2 s for each, by count',
	unit: 'requests',
	goal: { of: 'ratio', is: 'atMost', value: 0.5 },
	measure: ({ runs, runSeconds }) =>
		onStage(async (stage) => {
			const { control } = stage.sandbox;
			await control.patch('/settings', { pace: runSeconds / USUAL_SECONDS });
			const parameters = {
				resource: 'workflow',
				operation: 'run',
				workflowDefinitionId: DEFINITION,
				runFor: 'nothing',
				waitForCompletion: true,
			};
			const execution = await runNode(
				stage,
				{ type: ACTION_NODE, typeVersion: 1, parameters },
				Array.from({ length: runs }, (_, place) => ({ place })),
				300_000,
			);
			const ended = execution
				.itemsOf(NODE)
				.filter(({ json }) => json['status'] === 'COMPLETED').length;
			if (ended !== runs)
				throw new Error(
					`${ended} of ${runs} runs were seen to end: ${execution.error ?? execution.status}`,
				);
			const { data: calls } = await control.get<Call[]>('/calls', {
				params: { operationId: 'getWorkflow' },
			});
			const allowed = Math.max(1, runSeconds / 10);
			const late = latest(
				calls.filter(({ operationId }) => operationId === 'getWorkflow'),
				runSeconds,
			);
			return {
				ours: [calls.length],
				theirs: [runs * Math.ceil(runSeconds / FIXED_SECONDS)],
				remark: `the latest was noticed ${late.toFixed(1)} s after its end, ${allowed.toFixed(1)} s are allowed`,
				isRemarkGood: late <= allowed,
			};
		}),
};
