// All items share one sign-in, even if it is slow, fails or competes with sign-ins of other processes.

import { rowsOf } from '../long-proofs.mts';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const create = { resource: 'case', operation: 'create', additionalFields: {} };
const items = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

describe('a sign-in', () => {
	async function expectOneSignIn(seconds: number): Promise<void> {
		await account.fault({ operationId: 'authorize', kind: 'delay', delayMs: seconds * 1_000 });
		const { output } = await account.run(create, { items: items(64) });
		expect(output[0]).toHaveLength(64);
		expect(await account.exchanges()).toBe(1);
		process.stdout.write(`sign-in of ${seconds} s, 64 items: 1 exchange\n`);
	}

	// Longer than three seconds, after which each item once started its own sign-in.
	const quick = [5];
	it.each(rowsOf([1, ...quick, 12], quick))(
		'that takes %d seconds happens once for 64 items',
		expectOneSignIn,
	);

	it('that gets a 503 is retried for all 64 items together, as often as one request', async () => {
		await account.fault({ operationId: 'authorize', kind: 'status', status: 503, times: 500 });
		const { output } = await account.run(create, {
			items: items(64),
			onError: 'continueRegularOutput',
		});
		expect(output[0]?.every(({ json }) => 'error' in json)).toBe(true);
		const exchanges = await account.exchanges();
		process.stdout.write(`sign-in of 503, 64 items: ${exchanges} exchanges\n`);
		expect(exchanges).toBeLessThanOrEqual(4);
		expect(await account.requests('createCase')).toHaveLength(0);
	});

	it('whose tokens one endpoint rejects does not affect other endpoints', async () => {
		await account.fault({ operationId: 'runWorkflow', kind: 'status', status: 401, times: 50 });
		const parameters = {
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.completesSoon,
			runFor: 'newCase',
			additionalFields: { companyName: 'Nordlys AB' },
			options: { itemsAtOnce: 1 },
		};
		const { output } = await account.run(parameters, {
			items: items(3),
			onError: 'continueRegularOutput',
		});
		const failed = { details: { code: 'HTTP_401', mayHaveHappened: false } };
		expect(output[0]).toMatchObject(Array(3).fill({ json: failed }));
		expect(await account.requests('createCase')).toHaveLength(3);
		expect(await account.requests('runWorkflow')).toHaveLength(8);
	});

	it.each([
		['a web page with 401', { kind: 'html', status: 401 }],
		['a web page with 400', { kind: 'html', status: 400 }],
		['a plain text with 401', { kind: 'status', status: 401, body: 'Unauthorized by proxy' }],
	])('that gets %s does not count as rejected by TransactionLink', async (_, fault) => {
		await account.fault({ operationId: 'authorize', ...fault });
		const { message, description } = errorOf(await account.run(create));
		expect(message).toContain('A proxy or another server responded to the sign-in');
		expect(description).toContain('Base URL');
	});

	it('that gets a web page with 503 advises to try again later', async () => {
		await account.fault({ operationId: 'authorize', kind: 'html', status: 503, times: 20 });
		const { description } = errorOf(await account.run(create));
		expect(description).toContain('Run the node again in a few minutes.');
		expect(description).not.toContain('Base URL');
	});

	it('by another process every 300 ms loses and repeats no creation if only the newest token is valid', async () => {
		await account.set({ onlyNewestToken: true, delayMs: 100 });
		let isFinished = false;
		let others = 0;
		const otherSignIns = (async () => {
			while (!isFinished) {
				await fetch(`${account.sandbox.url}/auth/authorize`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ key: 'sandbox-key', secret: 'sandbox-secret' }),
				});
				others += 1;
				await new Promise((resolve) => setTimeout(resolve, 300));
			}
		})();
		const outcome = await account.run(create, { items: items(400) });
		isFinished = true;
		await otherSignIns;
		const { data } = await account.sandbox.control.get<unknown[]>('/cases');
		process.stdout.write(`400 creations during ${others} other sign-ins: ${data.length} cases\n`);
		expect(outcome.status).toBe('success');
		const ids = new Set(outcome.output[0]?.map(({ json }) => json['caseId']));
		expect([ids.size, data.length]).toEqual([400, 400]);
	}, 60_000);
});
