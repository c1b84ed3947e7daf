// Runs are started, read and awaited, and each way in which a wait can end is reported.

import type { INodeParameters } from 'n8n-workflow';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => {
	await account.reset();
	await account.set({ pace: 0.2 });
});

async function parametersToRun(workflowDefinitionId: string, more: INodeParameters = {}) {
	return {
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId,
		caseId: await account.newCase(),
		...more,
	};
}

async function started(workflowDefinitionId: string): Promise<string> {
	const { output } = await account.run(await parametersToRun(workflowDefinitionId));
	return String(output[0]?.[0]?.json['id']);
}

const parametersFor = (operation: string, workflowId: string, more: INodeParameters = {}) => ({
	resource: 'workflow',
	operation,
	workflowId,
	...more,
});

describe('Workflow → Run', () => {
	it('starts a run for a case, and returns the response with workflowId and outcome', async () => {
		const parameters = await parametersToRun(definitions.completesSoon);
		const { output } = await account.run(parameters);
		expect(output[0]?.[0]?.json).toEqual({
			id: expect.any(String),
			workflowId: output[0]?.[0]?.json['id'],
			caseId: parameters.caseId,
			status: 'RUNNING',
			outcome: 'pending',
		});
		const [request] = await account.requests('runWorkflow');
		expect(request?.body).toEqual({
			caseId: parameters.caseId,
			workflowDefinitionId: definitions.completesSoon,
		});
	});

	it.each(['id', 'parametersId'])(
		'saves parameters first, and returns the ID of the set (named %s by the API)',
		async (parametersIdField) => {
			await account.set({ parametersIdField });
			const { output } = await account.run(
				await parametersToRun(definitions.needsAmount, {
					specifyParameters: 'fields',
					parametersUi: { values: [{ name: 'amount', type: 'number', value: 7 }] },
				}),
			);
			const [request] = await account.requests('runWorkflow');
			expect(request?.body).toMatchObject({ parametersId: output[0]?.[0]?.json['parametersId'] });
			expect(await account.requests('createParameterSet')).toHaveLength(1);
		},
	);

	it('uses a saved parameter set', async () => {
		const { output } = await account.run({
			resource: 'parameters',
			operation: 'create',
			workflowDefinitionId: definitions.needsAmount,
			specifyParameters: 'json',
			parametersJson: '{"amount": 7}',
		});
		const parametersId = String(output[0]?.[0]?.json['parametersId']);
		const outcome = await account.run(
			await parametersToRun(definitions.needsAmount, { specifyParameters: 'saved', parametersId }),
		);
		expect(outcome.status).toBe('success');
		expect(await account.requests('createParameterSet')).toHaveLength(1);
	});

	it('waits, and returns status, result and all IDs', async () => {
		const parameters = await parametersToRun(definitions.needsAmount, {
			specifyParameters: 'json',
			parametersJson: '{"amount": 7}',
			waitForCompletion: true,
		});
		const { output } = await account.run(parameters);
		expect(output[0]?.[0]?.json).toMatchObject({
			id: expect.any(String),
			caseId: parameters.caseId,
			parametersId: expect.any(String),
			status: 'COMPLETED',
			outcome: 'completed',
			result: { caseId: parameters.caseId, partyDetails: expect.any(Object) },
		});
	});

	it('reports the created IDs when a later step fails', async () => {
		await account.fault({ operationId: 'runWorkflow', kind: 'status', status: 500 });
		const parameters = await parametersToRun(definitions.needsAmount, {
			specifyParameters: 'json',
			parametersJson: '{"amount": 7}',
		});
		const { message, description, context } = errorOf(await account.run(parameters));
		const { data: sets } = await account.sandbox.control.get<{ id: string }[]>('/parameter-sets');
		expect(sets).toHaveLength(1);
		expect(message).toBe('TransactionLink could not run the workflow (status 500)');
		expect(description).toContain(`parameter set ${sets[0]?.id}`);
		expect(description).toContain('The request to run the workflow may have succeeded');
		expect(context['data']).toMatchObject({ parametersId: sets[0]?.id });
	});

	it("reports TransactionLink's reason for a rejected run", async () => {
		const { message, description } = errorOf(
			await account.run(await parametersToRun(definitions.needsAmount)),
		);
		expect(message).toMatch(/^TransactionLink refused to run the workflow \(/);
		expect(description).toContain('Check the values under Specify Parameters.');
	});

	it('names the operations for a definition with steps for the end user', async () => {
		const { message, description } = errorOf(
			await account.run(await parametersToRun(definitions.hasStepsForTheUser)),
		);
		expect(message).toBe('TransactionLink refused to run the workflow (end_user_step)');
		expect(description).toContain(
			'Steps of the end user need a person: for such a definition, use Workflow → Start Execution or Link → Create.',
		);
	});

	it('rejects invalid parameters and IDs before any request', async () => {
		const parameters = await parametersToRun(definitions.needsAmount, {
			specifyParameters: 'json',
			parametersJson: '[]',
		});
		await account.run(parameters);
		await account.run({ ...parameters, specifyParameters: 'saved', parametersId: ' ' });
		await account.run({
			...parameters,
			specifyParameters: 'none',
			waitForCompletion: true,
			maxWaitMinutes: -1,
		});
		await account.run({ ...parameters, specifyParameters: 'none', caseId: 'no/id' });
		expect(await account.requests('createParameterSet')).toHaveLength(0);
		expect(await account.requests('runWorkflow')).toHaveLength(0);
	});
});

describe('Workflow → Get Status', () => {
	it('returns the status', async () => {
		const id = await started(definitions.takesAMinute);
		const { output } = await account.run(parametersFor('getStatus', id));
		expect(output[0]?.[0]?.json).toMatchObject({
			id,
			workflowId: id,
			status: 'RUNNING',
			outcome: 'pending',
		});
	});

	it('reports an unknown run', async () => {
		const { message } = errorOf(await account.run(parametersFor('getStatus', 'nothing')));
		expect(message).toBe('TransactionLink has no run with this ID');
	});
});

describe('Workflow → Get Result', () => {
	it.each([404, 409, 'empty'])(
		'reports the status of a run without a result, when the API responds %s',
		async (earlyResult) => {
			await account.set({ earlyResult });
			const { message, description } = errorOf(
				await account.run(parametersFor('getResult', await started(definitions.takesAMinute))),
			);
			expect(message).toBe('The run has no result yet: its status is RUNNING');
			expect(description).toContain('Wait for Completion');
		},
	);

	it('returns the result of the run', async () => {
		const id = await started(definitions.completesSoon);
		await account.run(parametersFor('wait', id));
		const { output } = await account.run(parametersFor('getResult', id));
		expect(output[0]?.[0]?.json).toMatchObject({ partyDetails: expect.any(Object) });
	});

	it('keeps a status that is a sentence out of the message, because n8n logs messages', async () => {
		const id = await started(definitions.takesAMinute);
		await account.sandbox.control.post(`/runs/${id}/status`, { status: 'Nathan has to sign' });
		const { message, json } = errorOf(await account.run(parametersFor('getResult', id)));
		expect(message).toBe('The run has no result yet: its status is not known');
		expect(JSON.stringify(json)).toContain('Nathan has to sign');
	});

	it('reports that a failed run has no result', async () => {
		const id = await started(definitions.completesSoon);
		await account.sandbox.control.post(`/runs/${id}/status`, { status: 'Expired' });
		const { message } = errorOf(await account.run(parametersFor('getResult', id)));
		expect(message).toBe(
			'The run has no result, because it ended without success: its status is Expired',
		);
	});

	it('reports an unknown run', async () => {
		const { message } = errorOf(await account.run(parametersFor('getResult', 'nothing')));
		expect(message).toBe('TransactionLink has no run with this ID');
	});
});

describe('Workflow → Wait for Completion', () => {
	it('waits through the status AWAITING, and returns status and result', async () => {
		const { output } = await account.run(
			parametersFor('wait', await started(definitions.goesThroughAwaiting)),
		);
		expect(output[0]?.[0]?.json).toMatchObject({ status: 'COMPLETED', result: expect.any(Object) });
	});

	it("fails with the run's ID when the run ended without success", async () => {
		const id = await started(definitions.fails);
		const { message, context } = errorOf(await account.run(parametersFor('wait', id)));
		expect(message).toBe('The run ended without success: its status is FAILED');
		expect(context['data']).toMatchObject({ status: 'FAILED' });
	});

	it.each(['wait', 'run', 'start'])(
		'outputs a failed run as a normal item if Fail When the Run Fails is off (%s)',
		async (operation) => {
			const options = { failWhenRunFails: false };
			const parameters =
				operation === 'wait'
					? parametersFor('wait', await started(definitions.fails), { options })
					: await parametersToRun(definitions.fails, {
							operation,
							locale: 'en',
							waitForCompletion: true,
							options,
						});
			const { output, error } = await account.run(parameters);
			expect(error).toBeUndefined();
			expect(output[0]?.[0]?.json).toMatchObject({
				id: expect.any(String),
				workflowId: output[0]?.[0]?.json['id'],
				status: 'FAILED',
				outcome: 'failed',
				result: null,
			});
			expect(await account.requests('getWorkflowResult')).toHaveLength(0);
		},
	);

	it('fails after a timeout, also if Fail When the Run Fails is off', async () => {
		const { message } = errorOf(
			await account.run(
				parametersFor('wait', await started(definitions.takesAMinute), {
					maxWaitMinutes: 0.01,
					options: { failWhenRunFails: false },
				}),
			),
		);
		expect(message).toContain('is not completed after');
	});

	it('ends when an execution without an expiry expires after an hour', async () => {
		await account.set({ executionLifetimeMs: 300, pace: 100 });
		const { message, context } = errorOf(
			await account.run(
				await parametersToRun(definitions.completesSoon, {
					operation: 'start',
					locale: 'en',
					waitForCompletion: true,
				}),
			),
		);
		expect(message).toBe('The run ended without success: its status is EXPIRED');
		expect(context['code']).toBe('RUN_FAILED');
	});

	it('reports the ID of a started run that failed', async () => {
		const parameters = await parametersToRun(definitions.fails, { waitForCompletion: true });
		const { description, context } = errorOf(await account.run(parameters));
		const { data: runs } = await account.sandbox.control.get<{ id: string }[]>('/runs');
		expect(description).toContain(`run ${runs[0]?.id}`);
		expect(context['data']).toMatchObject({ workflowId: runs[0]?.id, status: 'FAILED' });
		expect(description).toMatch(/^Already created: .*To check again, /);
		expect(description).not.toContain('Wait for Completion');
	});

	it('ends with a clear message after a timeout', async () => {
		const { message, description } = errorOf(
			await account.run(
				parametersFor('wait', await started(definitions.takesAMinute), { maxWaitMinutes: 0.02 }),
			),
		);
		expect(message).toBe('The run is not completed after 0.02 minutes: its status is RUNNING');
		expect(description).toBe(
			'The run goes on in TransactionLink. Run this item again to wait longer, or use the TransactionLink Trigger.',
		);
	});

	it('does not advise to run an item again whose own run is not completed in time', async () => {
		const parameters = await parametersToRun(definitions.takesAMinute, {
			waitForCompletion: true,
			maxWaitMinutes: 0.02,
		});
		const { description } = errorOf(await account.run(parameters));
		expect(description).toMatch(
			/^Already created: run [^ ]+[.] To continue, use Workflow → Wait for Completion/,
		);
		expect(description).toContain(
			'Running this item again starts a second run.<br>The run goes on',
		);
		expect(description).toContain('For later runs, set Max Wait (Minutes) higher');
		const { output } = await account.run(parameters, { onError: 'continueRegularOutput' });
		expect(output[0]?.[0]?.json['details']).toMatchObject({
			code: 'WAIT_TIMEOUT',
			retryable: false,
		});
	});

	it('continues to wait through transient errors', async () => {
		const id = await started(definitions.completesSoon);
		await account.fault({ operationId: 'getWorkflow', kind: 'status', status: 503, times: 5 });
		const { output } = await account.run(parametersFor('wait', id));
		expect(output[0]?.[0]?.json).toMatchObject({ status: 'COMPLETED' });
	});

	it.each<[string, Record<string, unknown>]>([
		[
			'no new token is available for a moment',
			{ operationId: 'authorize', kind: 'status', status: 502, times: 2 },
		],
		['a proxy responds 522', { operationId: 'getWorkflow', kind: 'status', status: 522, times: 2 }],
		['a response is malformed', { operationId: 'getWorkflow', kind: 'malformed', times: 2 }],
	])('continues to wait when %s', async (_, fault) => {
		const id = await started(definitions.completesSoon);
		await account.sandbox.control.post('/tokens/revoke');
		await account.fault(fault);
		const { output } = await account.run(parametersFor('wait', id));
		expect(output[0]?.[0]?.json).toMatchObject({ status: 'COMPLETED' });
	});

	it.each([
		[2, { result: expect.any(Object) }],
		[20, { result: null, resultError: 'TransactionLink has no result for the run' }],
	])(
		'returns a late result, or reports a missing one (%d times missing)',
		async (times, expected) => {
			const id = await started(definitions.completesSoon);
			await account.fault({ operationId: 'getWorkflowResult', kind: 'status', status: 404, times });
			const { output } = await account.run(parametersFor('wait', id));
			expect(output[0]?.[0]?.json).toMatchObject({ status: 'COMPLETED', ...expected });
		},
	);

	it('ends after its timeout, even if Retry-After is longer', async () => {
		const id = await started(definitions.takesAMinute);
		await account.fault({
			operationId: 'getWorkflow',
			kind: 'status',
			status: 503,
			headers: { 'retry-after': '25' },
			times: 100,
		});
		const { message } = errorOf(
			await account.run(parametersFor('wait', id, { maxWaitMinutes: '={{ "0.02" }}' })),
		);
		expect(message).toBe('The run is not completed after 0.02 minutes: its status is not known');
		const times = (await account.requests('getWorkflow')).map(({ at }) => Date.parse(at));
		expect(Math.max(...times) - Math.min(...times)).toBeLessThan(20_000);
	});

	it('stops at once when the user cancels, and sends no further request', async () => {
		const id = await started(definitions.takesAMinute);
		const before = Date.now();
		const run = account.start(parametersFor('wait', id, { maxWaitMinutes: 60 }));
		while ((await account.requests('getWorkflow')).length < 4)
			await new Promise((resolve) => setImmediate(resolve));
		run.cancel();
		expect((await run.finished).status).toBe('canceled');
		const requestCount = (await account.requests('getWorkflow')).length;
		// This run takes longer than the pause of about a second before the next request.
		await account.run(parametersFor('wait', await started(definitions.completesSoon)));
		expect(
			(await account.requests('getWorkflow')).filter(({ path }) => path.includes(id)),
		).toHaveLength(requestCount);
		expect(Date.now() - before).toBeLessThan(60_000);
	});
});

describe('API Version', () => {
	const acceptHeaders = async (operationId: string) =>
		(await account.requests(operationId)).map(({ accept }) => accept);

	it('applies to the requests for status, result and case', async () => {
		const id = await started(definitions.completesSoon);
		await account.sandbox.control.post(`/runs/${id}/status`, { status: 'COMPLETED' });
		const options = { apiVersion: 'v2' };
		await account.run(parametersFor('getStatus', id, { options }));
		await account.run(parametersFor('getResult', id, { options }));
		await account.run(parametersFor('wait', id, { options }));
		await account.run({ resource: 'case', operation: 'get', caseId: 'case-1', options });
		const v2 = 'application/json;version=2';
		expect(await acceptHeaders('getWorkflow')).toEqual([v2, v2]);
		expect(await acceptHeaders('getWorkflowResult')).toEqual([v2, v2]);
		expect(await acceptHeaders('getCase')).toEqual([v2]);
	});

	it('is version 1 by default', async () => {
		const id = await started(definitions.takesAMinute);
		await account.run(parametersFor('getStatus', id));
		expect(await acceptHeaders('getWorkflow')).toEqual(['application/json']);
	});
});
