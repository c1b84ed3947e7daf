// Many items keep their order and pairing, run concurrently within limits, and survive the failure of one item.

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf, startLocalServer } from './harness/index.mts';

const TIME_FOR_ONE_MORE_MILLISECONDS = 100;

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const createNamed = {
	resource: 'case',
	operation: 'create',
	additionalFields: { companyName: '={{ $json.name }}', email: '={{ $json.email }}' },
};
const companies = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ name: `Company ${index}`, email: 'a@b.example' }));

describe('many items', () => {
	it('are output in the order of the input, each paired with its item', async () => {
		await account.fault({
			operationId: 'createCase',
			kind: 'delay',
			delayMs: 200,
			times: 5,
			every: 3,
		});
		const { output } = await account.run(createNamed, { items: companies(40) });
		expect(output[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			companies(40).map((_, item) => ({ item })),
		);
		const { data: cases } =
			await account.sandbox.control.get<
				{ caseId: string; partyDetails: { business: { companyName: string } } }[]
			>('/cases');
		const names = new Map(
			cases.map(({ caseId, partyDetails }) => [caseId, partyDetails.business.companyName]),
		);
		expect(output[0]?.map(({ json }) => names.get(String(json['caseId'])))).toEqual(
			companies(40).map(({ name }) => name),
		);
	});
});

/**
 * Starts a server that holds its responses until `most` requests wait, and long enough for one more to arrive. It
 * records the number of waiting requests at each arrival.
 */
async function countingServer(most: number) {
	const inFlight: number[] = [];
	let waiting: (() => void)[] = [];
	const server = await startLocalServer(async () => {
		await new Promise<void>((resolve) => {
			waiting.push(resolve);
			inFlight.push(waiting.length);
			if (waiting.length !== most) return;
			void pause(TIME_FOR_ONE_MORE_MILLISECONDS).then(() => {
				for (const respond of waiting) respond();
				waiting = [];
			});
		});
		return { status: 201, body: { caseId: randomUUID() } };
	});
	return { server, inFlight };
}

describe('items at once', () => {
	it.each([-1, 201, 1.5, 'many', 'automatic'])(
		'are rejected before any request: %s',
		async (itemsAtOnce) => {
			const error = errorOf(
				await account.run({ ...createNamed, options: { itemsAtOnce } }, { items: companies(2) }),
			);
			expect(error.message).toMatch(/^Items at Once must be a (whole )?number/);
			expect(await account.requests('createCase')).toHaveLength(0);
		},
	);

	it.each([
		[1, { itemsAtOnce: 1 }],
		[3, { itemsAtOnce: 3 }],
		[40, { itemsAtOnce: 40 }],
	])('never exceed the chosen number: %d', async (most, options) => {
		const { server, inFlight } = await countingServer(most);
		const credential = account.credential({
			authentication: 'organizationToken',
			organizationToken: 'tot_sandbox',
			baseUrl: server.url,
		});
		const { output } = await account.run(
			{ ...createNamed, options },
			{ credential, items: companies(most * 3) },
		);
		await server.close();
		expect(Math.max(...inFlight)).toBe(most);
		expect(output[0]).toHaveLength(most * 3);
	});

	it('continue while others wait for their runs, because waiting holds no slot', async () => {
		const caseId = await account.newCase();
		await account.set({ pace: 3 });
		const { output } = await account.run(
			{
				resource: 'workflow',
				operation: 'run',
				workflowDefinitionId: definitions.completesSoon,
				caseId,
				waitForCompletion: true,
				options: { itemsAtOnce: 2 },
			},
			{ items: companies(20) },
		);
		expect(output[0]).toHaveLength(20);
		const times = async (operationId: string) =>
			(await account.requests(operationId)).map(({ at }) => Date.parse(at));
		const [starts, results] = [await times('runWorkflow'), await times('getWorkflowResult')];
		expect([starts.length, results.length]).toEqual([20, 20]);
		expect(Math.max(...starts)).toBeLessThan(Math.min(...results));
	});

	it('all pause when one of them gets a 429', async () => {
		await account.fault({
			operationId: 'createCase',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '2' },
		});
		const { output } = await account.run(
			{ ...createNamed, options: { itemsAtOnce: 2 } },
			{ items: companies(12) },
		);
		expect(output[0]).toHaveLength(12);
		const [first = 0, ...others] = (await account.requests('createCase'))
			.map(({ at }) => Date.parse(at))
			.sort((a, b) => a - b);
		// Only the other pending request may have arrived earlier.
		expect(others.filter((time) => time < first + 1_900).length).toBeLessThanOrEqual(1);
	});
});

it('a node that stops sends nothing more within the time of a Retry-After', async () => {
	const fault = { operationId: 'createCase', times: 1 };
	await account.fault({ ...fault, kind: 'status', status: 429, headers: { 'retry-after': '20' } });
	// The second request fails the node after the third one has made room for a fourth.
	await account.fault({ ...fault, kind: 'status', status: 400, delayMs: 600 });
	await account.fault({ ...fault, kind: 'delay', delayMs: 200 });
	const outcome = await account.run(
		{ ...createNamed, options: { itemsAtOnce: 3 } },
		{ items: companies(5) },
	);
	expect(outcome.status).toBe('error');
	expect(await account.requests('createCase')).toHaveLength(3);
});

describe('a node with an insecure base URL', () => {
	const credential = () => account.credential({ baseUrl: 'http://api.example.com' });

	it('fails for each item if the node continues after failed items', async () => {
		const regular = await account.run(createNamed, {
			items: companies(2),
			credential: credential(),
			onError: 'continueRegularOutput',
		});
		expect(regular.output[0]?.map(({ json }) => json['error'])).toEqual(
			Array.from({ length: 2 }, () => expect.stringContaining('must start with https')),
		);
		const separate = await account.run(createNamed, {
			items: companies(2),
			credential: credential(),
			onError: 'continueErrorOutput',
		});
		expect(separate.output.map((items) => items.length)).toEqual([0, 2]);
	});
});

describe('a failed item', () => {
	const items = companies(4).map((company, index) =>
		index === 2 ? { ...company, email: 'none' } : company,
	);

	it('stops the node, and the error contains the created IDs of the others', async () => {
		const error = errorOf(await account.run(createNamed, { items }));
		expect(error.message).toBe('Email is not an e-mail address');
		expect(error.context['itemIndex']).toBe(2);
		const { data: cases } = await account.sandbox.control.get<{ caseId: string }[]>('/cases');
		expect(cases.length).toBeGreaterThanOrEqual(2);
		for (const { caseId } of cases) {
			expect(error.description).toContain(caseId);
			expect(JSON.stringify(error.context['data'])).toContain(caseId);
		}
	});

	it('stops the node, and lists the other items that may have been created', async () => {
		// With an existing token, the node sends both requests at once.
		const credential = account.credential();
		await account.run(createNamed, { items: companies(1), credential });
		await account.fault({
			operationId: 'createCase',
			kind: 'cut',
			effect: 'after',
			delayMs: 500,
			times: 1,
		});
		await account.fault({ operationId: 'createCase', kind: 'status', status: 400, times: 1 });
		const error = errorOf(await account.run(createNamed, { items: companies(2), credential }));
		const other = error.context['itemIndex'] === 0 ? 1 : 0;
		expect(error.message).toContain('refused');
		expect(error.context['data']).toMatchObject({ uncertainItems: [other] });
		expect(error.description).toContain(
			'Requests for other items may have succeeded. Check the TransactionLink dashboard before you run them ' +
				`again: item ${other}.`,
		);
	});

	it('stops the node, so that no further item starts', async () => {
		await account.fault({ operationId: 'createCase', kind: 'status', status: 400 });
		await account.run(createNamed, { items: companies(100) });
		expect((await account.requests('createCase')).length).toBeLessThan(25);
	});

	it('stops the node after the items before it, whose requests are repeated if necessary', async () => {
		await account.fault({ operationId: 'createCase', kind: 'status', status: 429, times: 1 });
		const options = { itemsAtOnce: 1 };
		const items = [{ name: 'Nordlys AB' }, { name: {} }];
		const error = errorOf(await account.run({ ...createNamed, options }, { items }));
		expect(error.context['itemIndex']).toBe(1);
		const { data: cases } = await account.sandbox.control.get<{ caseId: string }[]>('/cases');
		expect(cases).toHaveLength(1);
	});

	it('ends the waits of the others', async () => {
		const caseId = await account.newCase();
		// At this pace, the run takes more than an hour.
		await account.set({ pace: 100 });
		const started = await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.takesAMinute,
			caseId,
		});
		const workflowId = String(started.output[0]?.[0]?.json['id']);
		const waiting = account.start(
			{
				resource: 'workflow',
				operation: 'wait',
				workflowId: '={{ $json.id }}',
				maxWaitMinutes: 60,
			},
			{ items: [{ id: workflowId }, { id: 'no id' }] },
		);
		const timeout = setTimeout(() => waiting.cancel(), 20_000);
		const outcome = await waiting.finished;
		clearTimeout(timeout);
		expect(outcome.status).toBe('error');
		const error = errorOf(outcome);
		expect(error.message).toContain('Run ID contains a space');
		expect(error.context['itemIndex']).toBe(1);
		const { data: runs } =
			await account.sandbox.control.get<{ id: string; status: string }[]>('/runs');
		expect(runs).toMatchObject([{ id: workflowId, status: 'RUNNING' }]);
	});

	it('appears in its own output if the node continues', async () => {
		const { output, status } = await account.run(createNamed, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(status).toBe('success');
		expect(
			output[0]?.map(({ json }) => ('error' in json ? json['error'] : typeof json['caseId'])),
		).toEqual(['string', 'string', 'Email is not an e-mail address', 'string']);
		expect(output[0]?.[2]?.pairedItem).toEqual({ item: 2 });
	});

	it('goes to the error output, with its created IDs', async () => {
		const caseId = await account.newCase();
		await account.fault({
			operationId: 'runWorkflow',
			kind: 'status',
			status: 502,
			effect: 'before',
		});
		const { output } = await account.run(
			{
				resource: 'workflow',
				operation: 'run',
				workflowDefinitionId: DEFINITION_IDS.creditCheck,
				caseId,
				specifyParameters: 'json',
				parametersJson: '{"amount": 1}',
			},
			{ onError: 'continueErrorOutput', items: [{ customer: 'Nordlys' }] },
		);
		const { data: sets } = await account.sandbox.control.get<{ id: string }[]>('/parameter-sets');
		expect(output[0]).toHaveLength(0);
		expect(output[1]?.[0]?.json).toMatchObject({
			customer: 'Nordlys',
			error: 'TransactionLink could not run the workflow (status 502)',
			message: expect.stringContaining('may have succeeded'),
			details: { httpCode: '502', parametersId: sets[0]?.id, mayHaveHappened: true },
		});
		expect(output[1]?.[0]?.pairedItem).toEqual({ item: 0 });
	});
});
