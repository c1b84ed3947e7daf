// The trigger reads its credential rarely, and applies changes within half a minute.

import { TransactionLinkTrigger } from '../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { openAccount, type Account } from './account.mts';
import {
	deliver,
	type CredentialStore,
	type Delivery,
	type DeliveryOutcome,
} from './harness/index.mts';

const HALF_A_MINUTE_MILLISECONDS = 30_000;

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());
afterEach(() => {
	jest.restoreAllMocks();
});

let runs = 0;
async function signed(body: Record<string, unknown> = { status: 'COMPLETED' }): Promise<Delivery> {
	const text = JSON.stringify({ workflowId: `run-of-credential-${(runs += 1)}`, ...body });
	const { data } = await account.sandbox.control.post<{ signature: string }>('/sign', {
		body: text,
	});
	return {
		rawBody: Buffer.from(text),
		headers: { 'content-type': 'application/json', 'jws-signature': data.signature },
	};
}

const forged = async (): Promise<Delivery> => ({
	...(await signed()),
	rawBody: Buffer.from('{"workflowId":"run","status":"COMPLETED"}'),
});

async function receive(
	credential: CredentialStore,
	delivery: Delivery,
	mode?: 'manual',
): Promise<DeliveryOutcome> {
	return await deliver({
		nodeType: new TransactionLinkTrigger(),
		credential,
		parameters: { options: { confirmRun: false } },
		...(mode === undefined ? {} : { mode }),
		...delivery,
	});
}

describe('the credential of a trigger', () => {
	it('is read for the first delivery, and not for later ones, genuine or forged', async () => {
		const credential = account.credential();
		expect((await receive(credential, await signed())).status).toBe(200);
		const first = credential.reads;
		expect(first).toBeGreaterThan(0);
		expect((await receive(credential, await signed())).workflowData).toBeDefined();
		for (let sent = 0; sent < 5; sent += 1)
			expect((await receive(credential, await forged())).status).toBe(401);
		expect(credential.reads).toBe(first);
	});

	it('is read again after half a minute, so that a changed base URL is used', async () => {
		const credential = account.credential();
		const genuine = await signed();
		expect((await receive(credential, genuine)).status).toBe(200);
		credential.edit({ baseUrl: 'http://127.0.0.1:9/' });
		const later = performance.now() + HALF_A_MINUTE_MILLISECONDS;
		jest.spyOn(performance, 'now').mockImplementation(() => later);
		expect((await receive(credential, await signed())).status).toBe(503);
	});

	it('is read each time while a user listens for a test event', async () => {
		const credential = account.credential();
		expect((await receive(credential, await signed())).status).toBe(200);
		credential.edit({ baseUrl: 'http://127.0.0.1:9/' });
		expect((await receive(credential, await signed(), 'manual')).status).toBe(503);
	});

	it('is cached for each trigger separately', async () => {
		const [main, other] = [
			account.credential(),
			account.credential({ baseUrl: 'http://127.0.0.1:9/' }),
		];
		expect((await receive(main, await signed())).status).toBe(200);
		expect((await receive(other, await signed())).status).toBe(503);
	});

	it('is read for a request to TransactionLink', async () => {
		const credential = account.credential();
		await receive(credential, await signed());
		const first = credential.reads;
		await receive(credential, await signed({}));
		expect(credential.reads).toBeGreaterThan(first);
		expect(await account.requests('getWorkflow')).not.toHaveLength(0);
	});
});
