// The node ignores truncated responses, hides values that TransactionLink repeats, and states what happened.

import type { INodeParameters } from 'n8n-workflow';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf, startLocalServer } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const create = { resource: 'case', operation: 'create', additionalFields: {} };
const items = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

async function completedRun(): Promise<string> {
	const caseId = await account.newCase();
	const started = await account.run({
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId: definitions.completesSoon,
		caseId,
	});
	const workflowId = String(started.output[0]?.[0]?.json['id']);
	await account.sandbox.control.post(`/runs/${workflowId}/status`, { status: 'COMPLETED' });
	return workflowId;
}

describe('a truncated response', () => {
	it.each(['length', 'chunked', 'gzip', 'gzipEnd'])(
		'does not count as a response: a read is retried, and a creation may have happened (%s)',
		async (shape) => {
			const caseId = await account.newCase();
			const get = { resource: 'case', operation: 'get', caseId };
			await account.fault({ operationId: 'getCase', kind: 'cutBody', effect: 'after', shape });
			expect((await account.run(get)).output[0]?.[0]?.json['caseId']).toBe(caseId);
			expect(await account.requests('getCase')).toHaveLength(2);

			await account.fault({ operationId: 'createCase', kind: 'cutBody', effect: 'after', shape });
			const error = errorOf(await account.run(create));
			expect(error.message).toMatch(
				/^TransactionLink('s response to the request| did not respond when asked) to create the case/,
			);
			expect(error.description).toContain('may have succeeded');
			expect(await account.requests('createCase')).toHaveLength(2);
		},
	);

	it.each(['getResult', 'wait'])(
		'does not count as a run without a result (%s)',
		async (operation) => {
			const workflowId = await completedRun();
			const parameters = { resource: 'workflow', operation, workflowId };
			const fault = { operationId: 'getWorkflowResult', kind: 'cutBody', effect: 'after' };
			await account.fault({ ...fault, shape: 'gzip' });
			const { output } = await account.run(parameters);
			expect(JSON.stringify(output[0]?.[0]?.json)).toContain('partyDetails');

			await account.fault({ ...fault, times: 9 });
			expect(errorOf(await account.run(parameters)).message).toContain(
				'did not respond when asked to get the result of the run',
			);
		},
	);

	it('is not assumed for a 204 without a declared length', async () => {
		const workflowId = await completedRun();
		const server = await startLocalServer(({ path }) =>
			path === '/auth/authorize'
				? { body: { accessToken: 'a' } }
				: path.endsWith('/result')
					? { status: 204, body: '' }
					: { body: { id: workflowId, status: 'COMPLETED' } },
		);
		const { message } = errorOf(
			await account.run(
				{ resource: 'workflow', operation: 'getResult', workflowId },
				{ credential: account.credential({ baseUrl: server.url }) },
			),
		);
		await server.close();
		expect(message).toBe('The run is completed, but TransactionLink has no result for it');
	});
});

describe('an error of TransactionLink that repeats the request', () => {
	const personal = ['19900101-7391', 'nathan@example.com', 'Nathan-7391'];
	const parameters = {
		...create,
		additionalFields: {
			personalNumber: '={{ $json.number }}',
			email: '={{ $json.email }}',
			firstName: '={{ $json.name }}',
		},
	} satisfies INodeParameters;
	const personItems = [{ number: personal[0], email: personal[1], name: personal[2] }];

	it('shows neither secrets nor personal data in a message, and hides them in the description', async () => {
		await account.fault({ operationId: 'createCase', kind: 'echo' });
		const { message, description, json } = errorOf(
			await account.run(parameters, { items: personItems }),
		);
		expect(message).toBe('TransactionLink refused to create the case (invalid_request)');
		expect(description).toContain('[hidden]');
		for (const value of [...personal, '199001017391', 'sandbox-secret'])
			expect(JSON.stringify(json)).not.toContain(value);
		expect(description).toContain('Bearer [hidden]');
	});

	it('never shows the key and secret of a sign-in', async () => {
		await account.fault({ operationId: 'authorize', kind: 'echo' });
		const { message, json } = errorOf(await account.run(parameters, { items: personItems }));
		expect(message).toBe(
			'TransactionLink did not accept this API key and secret (invalid_request)',
		);
		expect(JSON.stringify(json)).not.toMatch(/sandbox-(key|secret)/);
	});
});

const NO_EFFECT = 'The request to create the case had no effect.';

describe('the message for a failed request', () => {
	it.each([
		['HTML 401', { kind: 'html', status: 401, times: 20 }, NO_EFFECT],
		['HTML 403', { kind: 'html', status: 403 }, NO_EFFECT],
		['HTML 404', { kind: 'html', status: 404 }, NO_EFFECT],
		['HTML 413', { kind: 'html', status: 413 }, 'a file or body of this size'],
		['HTML 429', { kind: 'html', status: 429, times: 9 }, NO_EFFECT],
		[
			'503 with Retry-After, four times',
			{ kind: 'status', status: 503, headers: { 'retry-after': '0' }, times: 9 },
			NO_EFFECT,
		],
		['413', { kind: 'status', status: 413 }, NO_EFFECT],
		[
			'a list in place of an object',
			{ kind: 'status', status: 200, body: [1] },
			'does not go away by itself',
		],
	])('contains the effect or the advice after %s', async (name, fault, advice) => {
		await account.fault({ operationId: 'createCase', ...fault });
		const { description } = errorOf(await account.run(create));
		expect(description).toContain(advice);
		if (advice === NO_EFFECT) expect(description).not.toContain('may have succeeded');
		if (name === '413') expect(await account.requests('createCase')).toHaveLength(1);
	});

	it('has machine-readable details in a failed item', async () => {
		await account.fault({
			operationId: 'createCase',
			kind: 'status',
			status: 400,
			body: { fingerprint: 'f', errors: [{ code: 'invalid_case', message: 'No.' }] },
		});
		await account.fault({ operationId: 'createCase', kind: 'status', status: 429, times: 4 });
		const details = async () =>
			(await account.run(create, { onError: 'continueRegularOutput' })).output[0]?.[0]?.json[
				'details'
			];
		expect(await details()).toMatchObject({ code: 'invalid_case', retryable: false });
		expect(await details()).toMatchObject({ code: 'HTTP_429', retryable: true });
	});
});

describe('Retry-After', () => {
	const limited = async (status: number, value: string) =>
		await account.fault({
			operationId: 'createCase',
			kind: 'status',
			status,
			headers: { 'retry-after': value },
		});

	it('with fractions of a second is rounded up', async () => {
		await limited(429, '1.5');
		const begin = performance.now();
		expect((await account.run(create)).status).toBe('success');
		expect(performance.now() - begin).toBeGreaterThan(2_000);
	});

	it.each(['-5', '5, 5', 'retry in 5', '5 seconds', '2026-11-25'])(
		'that is neither seconds nor a date does not allow retrying a creation: %s',
		async (value) => {
			await limited(503, value);
			const { error } = await account.run(create);
			expect(error?.description).toContain('may have succeeded');
			expect(await account.requests('createCase')).toHaveLength(1);
		},
	);
});

describe('a run that was just started', () => {
	it('is awaited although it is not found at first', async () => {
		await account.set({ runUnknownMs: 2_500, pace: 0.1 });
		const caseId = await account.newCase();
		const { status, output } = await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.completesSoon,
			caseId,
			waitForCompletion: true,
		});
		expect(status).toBe('success');
		expect(output[0]?.[0]?.json['status']).toBe('COMPLETED');
	});

	it('of another account is not found', async () => {
		const { message } = errorOf(
			await account.run({ resource: 'workflow', operation: 'wait', workflowId: 'unknown-1' }),
		);
		expect(message).toBe('TransactionLink has no run with this ID');
	});

	it('returns a result that appears in its status after its completion', async () => {
		await account.set({ executionResult: 'field', resultDelayMs: 1_500, pace: 0.1 });
		const { output } = await account.run({
			resource: 'workflow',
			operation: 'start',
			workflowDefinitionId: definitions.completesSoon,
			locale: 'en',
			waitForCompletion: true,
		});
		expect(output[0]?.[0]?.json['result']).toMatchObject({ partyDetails: expect.any(Object) });
	});
});

it('a node that stops ends the retries of other items', async () => {
	await account.fault({
		operationId: 'createCase',
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '20' },
		every: 2,
		times: 1,
	});
	await account.fault({
		operationId: 'createCase',
		kind: 'status',
		status: 400,
		every: 3,
		delayMs: 300,
	});
	const begin = performance.now();
	const outcome = await account.run(create, { items: items(4) });
	expect(outcome.status).toBe('error');
	expect(performance.now() - begin).toBeLessThan(10_000);
});
