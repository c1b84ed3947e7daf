// One action node onboards a hundred companies with one case each, although many requests fail at first.

import { randomUUID } from 'node:crypto';
import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { ACTION, openStage, type Stage } from './stage.mts';
import { chain, MANUAL_START } from '../../scripts/n8n/chain.mts';
import { ACTION_NODE } from '../../scripts/n8n/workflow.mts';

const NEEDS_AMOUNT = DEFINITION_IDS.creditCheck;
const COUNT = 100;

interface Company {
	companyName: string;
	companyNumber: string;
}

interface Failed extends Company {
	error: string;
	details: {
		caseId?: string;
		parametersId?: string;
		workflowId?: string;
		mayHaveHappened: boolean;
	};
}

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

const companies: Company[] = Array.from({ length: COUNT }, (_, index) => ({
	companyName: `Company ${index}`,
	companyNumber: `${1_000_000 + index}`,
}));

/** Runs the action node for all items, with an error output. */
async function onboard(
	items: Record<string, unknown>[],
	parameters: Record<string, unknown>,
): Promise<{ done: Record<string, unknown>[]; failed: Failed[] }> {
	if (items.length === 0) return { done: [], failed: [] };
	const { id, name } = stage.prepared.transactionLink;
	const source = {
		name: 'Companies',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))};` },
	};
	const action = {
		name: ACTION,
		type: ACTION_NODE,
		onError: 'continueErrorOutput',
		parameters: {
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: NEEDS_AMOUNT,
			specifyParameters: 'json',
			parametersJson: '{"amount": 1000}',
			waitForCompletion: true,
			...parameters,
		},
		credentials: { transactionLinkApi: { id, name } },
	};
	const workflow = await stage.n8n.importWorkflow(
		chain(`Onboard ${randomUUID()}`, MANUAL_START, source, action),
	);
	const execution = await stage.n8n.waitForExecution(
		await stage.n8n.runWorkflow(workflow, 'Start'),
	);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return {
		done: execution.itemsOf(ACTION, 0).map(({ json }) => json),
		failed: execution.itemsOf(ACTION, 1).map(({ json }) => json as unknown as Failed),
	};
}

const forNewCase = {
	runFor: 'newCase',
	additionalFields: {
		companyName: '={{ $json.companyName }}',
		companyNumber: '={{ $json.companyNumber }}',
	},
};
const forExistingCase = { runFor: 'case', caseId: '={{ $json.details.caseId }}' };

async function casesByNumber(): Promise<Map<string, string[]>> {
	const { data } =
		await stage.sandbox.control.get<
			{ caseId: string; partyDetails: { business: { companyNumber: string } } }[]
		>('/cases');
	const found = new Map<string, string[]>();
	for (const {
		caseId,
		partyDetails: {
			business: { companyNumber },
		},
	} of data)
		found.set(companyNumber, [...(found.get(companyNumber) ?? []), caseId]);
	return found;
}

/** Makes requests of each step fail in several ways, before or after they take effect. */
async function injectFaults(): Promise<void> {
	const kinds = [
		{ kind: 'status', status: 500 },
		{ kind: 'cut' },
		{ kind: 'html', status: 502 },
		{ kind: 'malformed', effect: 'after' },
		{ kind: 'status', status: 400 },
		{ kind: 'cut', effect: 'after' },
		{ kind: 'status', status: 429, headers: { 'retry-after': '0' } },
	];
	for (const operationId of ['createCase', 'createParameterSet', 'runWorkflow']) {
		for (const [index, fault] of kinds.entries()) {
			const { status } = await stage.sandbox.control.post('/faults', {
				operationId,
				every: 3 + index,
				times: 6,
				...fault,
			});
			expect(status).toBe(201);
		}
	}
}

it(
	`creates one case for each of ${COUNT} companies if many requests fail and the failed ` +
		'items run again',
	async () => {
		await stage.sandbox.control.patch('/settings', { pace: 0.1 });
		await injectFaults();
		const first = await onboard(
			companies.map((company) => ({ ...company })),
			forNewCase,
		);
		expect(first.done.length + first.failed.length).toBe(COUNT);
		expect(first.failed.length).toBeGreaterThan(COUNT / 4);

		// A failed item with a case ID runs for that case. If the request may have succeeded, the case is looked up first.
		await stage.sandbox.control.delete('/faults');
		const existing = await casesByNumber();
		const started = first.failed.filter(({ details }) => details.workflowId !== undefined);
		const notStarted = first.failed
			.filter(({ details }) => details.workflowId === undefined)
			.map((item) => {
				const mayHaveCase = item.details.mayHaveHappened && item.details.caseId === undefined;
				const [caseId] = mayHaveCase
					? (existing.get(item.companyNumber) ?? [])
					: [item.details.caseId];
				return caseId === undefined ? item : { ...item, details: { ...item.details, caseId } };
			});
		const withCase = notStarted.filter(({ details }) => details.caseId !== undefined);
		const withoutCase = notStarted.filter(({ details }) => details.caseId === undefined);
		const waitForRun = { operation: 'wait', workflowId: '={{ $json.details.workflowId }}' };
		const waited = await onboard(
			started.map((item) => ({ ...item })),
			waitForRun,
		);
		expect(waited.failed).toEqual([]);
		const second = [
			await onboard(
				withCase.map((item) => ({ ...item })),
				forExistingCase,
			),
			await onboard(
				withoutCase.map(({ companyName, companyNumber }) => ({ companyName, companyNumber })),
				forNewCase,
			),
		];
		expect(second.flatMap(({ failed }) => failed)).toEqual([]);

		const cases = await casesByNumber();
		expect([...cases.keys()].sort()).toEqual(
			companies.map(({ companyNumber }) => companyNumber).sort(),
		);
		expect([...cases.values()].filter((ids) => ids.length !== 1)).toEqual([]);
		const done = [...first.done, ...waited.done, ...second.flatMap(({ done: items }) => items)];
		expect(done).toHaveLength(COUNT);
		expect(
			done.every(
				({ status, result, caseId }) =>
					status === 'COMPLETED' && result !== null && caseId !== undefined,
			),
		).toBe(true);
		process.stdout.write(
			`${COUNT} companies: ${first.failed.length} failed at first, ${withCase.length} of them ` +
				`with a case; ${cases.size} cases in the end, no duplicates\n`,
		);
	},
);
