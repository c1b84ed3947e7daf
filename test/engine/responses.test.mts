// Failed responses become messages about what to do, and safe requests are retried.

import { openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const create = {
	resource: 'case',
	operation: 'create',
	additionalFields: { firstName: '={{ $json.name }}' },
};
const items = [{ name: 'Nathan-7391' }];
const vendorError = {
	fingerprint: 'fp-123',
	errors: [{ code: 'invalid_case', message: 'The case is not good enough.' }],
};

describe('the response to a creation', () => {
	it.each([
		[
			'400',
			{ kind: 'status', status: 400, body: vendorError },
			'TransactionLink refused to create the case (invalid_case)',
			'The case is not good enough',
			'400',
		],
		[
			'409',
			{ kind: 'status', status: 409, body: vendorError },
			'TransactionLink refused to create the case (invalid_case)',
			'The case is not good enough',
			'409',
		],
		[
			'422 without a body',
			{ kind: 'status', status: 422, body: '' },
			'TransactionLink refused to create the case (status 422)',
			'Check the Base URL',
			'422',
		],
		[
			'403',
			{ kind: 'status', status: 403, body: vendorError },
			'The TransactionLink credential is not allowed to create the case',
			'permission',
			'403',
		],
		[
			'500',
			{ kind: 'status', status: 500, body: vendorError },
			'TransactionLink could not create the case (status 500)',
			'may have succeeded',
			'500',
		],
		[
			'504',
			{ kind: 'status', status: 504, body: '' },
			'TransactionLink could not create the case (status 504)',
			'may have succeeded',
			'504',
		],
		[
			'502 with a web page',
			{ kind: 'html', status: 502 },
			'A web page came back instead of data when asked to create the case',
			'A gateway or proxy sent this page. This usually goes away within a few minutes.',
			'502',
		],
		[
			'200 with a web page',
			{ kind: 'html', status: 200 },
			'A web page came back instead of data when asked to create the case',
			'Base URL',
			'200',
		],
		[
			'a status without a body',
			{ kind: 'empty', effect: 'after' },
			'create the case is empty',
			'may have succeeded',
			'20',
		],
		[
			'malformed JSON',
			{ kind: 'malformed', effect: 'after' },
			"TransactionLink's response to the request to create the case could not be read",
			'may have succeeded',
			'',
		],
		[
			'deeply nested JSON',
			{
				kind: 'status',
				status: 201,
				effect: 'after',
				body: `{"caseId":"a","deep":${'['.repeat(500)}${']'.repeat(500)}}`,
				headers: { 'content-type': 'application/json' },
			},
			'too large to be passed on',
			'The request to create the case succeeded.',
			'',
		],
		[
			'a closed connection',
			{ kind: 'cut', effect: 'after' },
			'TransactionLink did not respond when asked to create the case',
			'may have succeeded',
			'',
		],
	])('%s becomes a message about what to do', async (_, fault, message, advice, httpCode) => {
		await account.fault({ operationId: 'createCase', ...fault });
		const error = errorOf(await account.run(create, { items }));
		expect(error.message).toContain(message);
		expect(error.description).toContain(advice);
		expect(error.httpCode ?? '').toMatch(new RegExp(`^${httpCode}`));
		if (JSON.stringify(fault).includes('fp-123')) expect(error.description).toContain('fp-123');
		expect(error.message).not.toMatch(/error|problem|failure|mistake/i);
		// n8n saves the error, which must contain neither sent values nor credentials.
		expect(JSON.stringify(error.json)).not.toMatch(/Nathan-7391|Bearer|sandbox-secret/);
		expect(await account.requests('createCase')).toHaveLength(1);
	});

	it('reports a refused connection with a message about what to do', async () => {
		const error = errorOf(
			await account.run(create, {
				items,
				credential: account.credential({ baseUrl: 'http://127.0.0.1:9' }),
			}),
		);
		expect(error.message).toContain('TransactionLink did not respond to the sign-in');
		expect(error.description).toContain('ECONNREFUSED');
	});

	it('reports that nothing was sent to a server without TLS behind an https address', async () => {
		const credential = account.credential({
			authentication: 'organizationToken',
			organizationToken: 'tot_sandbox',
			baseUrl: account.sandbox.url.replace('http:', 'https:'),
		});
		const { description, json } = errorOf(await account.run(create, { items, credential }));
		expect(description).toMatch(/^The request to create the case was not sent[.] .*Base URL/);
		expect(JSON.stringify(json)).not.toContain('"mayHaveHappened":true');
		expect(await account.requests('createCase')).toHaveLength(0);
	});

	it('retries a creation after a 429 and the pause of its Retry-After, because it did not happen', async () => {
		await account.fault({
			operationId: 'createCase',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '1' },
		});
		expect((await account.run(create, { items })).status).toBe('success');
		const [first, second] = await account.requests('createCase');
		expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(990);
	});
});

describe('the response to a read', () => {
	it.each([
		['500', { kind: 'status', status: 500 }],
		['503', { kind: 'status', status: 503 }],
		['429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
		['a web page of a proxy', { kind: 'html', status: 502 }],
		['a closed connection', { kind: 'cut' }],
	])('retries a read after %s', async (_, fault) => {
		const caseId = await account.newCase();
		await account.fault({ operationId: 'getCase', ...fault });
		const outcome = await account.run({ resource: 'case', operation: 'get', caseId });
		expect(outcome.status).toBe('success');
		expect(await account.requests('getCase')).toHaveLength(2);
	});

	it('ends a read with a permanent 500 after four attempts', async () => {
		const caseId = await account.newCase();
		await account.fault({
			operationId: 'getCase',
			kind: 'status',
			status: 500,
			times: 10,
			body: vendorError,
		});
		const error = errorOf(await account.run({ resource: 'case', operation: 'get', caseId }));
		expect(error.message).toBe('TransactionLink could not get the case (status 500)');
		expect(error.description).toContain('goes away within a few minutes. Then run the item again.');
		expect(await account.requests('getCase')).toHaveLength(4);
	});
});
