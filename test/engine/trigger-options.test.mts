// Each option of the trigger has its documented effect, and invalid values reject the delivery.

import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { TransactionLinkTrigger } from '../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { openAccount, type Account } from './account.mts';
import { choice, type Input, type Kind, list, onOff } from './field-kinds.mts';
import { deliver, startReceiver, type Delivery, type DeliveryOutcome } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

async function signed(body: unknown): Promise<Delivery> {
	const text = JSON.stringify(body);
	const { data } = await account.sandbox.control.post<{ signature: string }>('/sign', {
		body: text,
	});
	return { rawBody: Buffer.from(text), headers: { 'jws-signature': data.signature } };
}

async function receive(
	body: Record<string, unknown>,
	{ options, ...parameters }: INodeParameters = {},
	mode?: 'manual',
): Promise<DeliveryOutcome> {
	return await deliver({
		nodeType: new TransactionLinkTrigger(),
		credential: account.credential(),
		parameters: { ...parameters, options: { confirmRun: false, ...Object(options) } },
		...(mode === undefined ? {} : { mode }),
		...(await signed({ workflowId: randomUUID(), ...body })),
	});
}

const isStarted = ({ workflowData }: DeliveryOutcome): boolean => workflowData !== undefined;
const itemOf = ({ workflowData }: DeliveryOutcome) => workflowData?.[0]?.[0]?.json;

describe('Workflow Definitions', () => {
	const body = { status: 'COMPLETED', workflowReference: 'Måns-check' };

	it.each<unknown>([
		'={{ ["other", "Måns-check"] }}',
		'other; måns-check',
		'other\nMÅNS-CHECK\r\n',
		'other, "Måns-check"',
		'Måns-check\u200B',
		'Ma\u030Ans-check',
		'“Måns-check”',
		['Måns-check'],
	])('accepts a definition that is one of %j', async (workflowDefinition) => {
		expect(isStarted(await receive(body, { options: Object({ workflowDefinition }) }))).toBe(true);
	});

	it.each<unknown>(['={{ ["other"] }}', 'a; b', 'Måns\ncheck'])(
		'ignores a definition that is not one of %j',
		async (workflowDefinition) => {
			const outcome = await receive(body, { options: Object({ workflowDefinition }) });
			expect([outcome.status, isStarted(outcome)]).toEqual([200, false]);
		},
	);

	it('rejects a delivery while the option is an object', async () => {
		const outcome = await receive(body, { options: { workflowDefinition: '={{ ({ a: 1 }) }}' } });
		expect(outcome.status).toBe(503);
		expect(outcome.log).toEqual([
			expect.stringContaining('Workflow Definitions must be text, not an object'),
		]);
	});
});

describe('Events', () => {
	it.each<[events: unknown, isStartedByFailed: boolean]>([
		[undefined, true],
		['={{ ["failed"] }}', true],
		['={{ "completed, failed" }}', true],
		[['completed', 'unrecognized'], false],
	])('%j starts the workflow for a failed run: %s', async (events, expected) => {
		const parameters = events === undefined ? {} : Object({ events });
		expect(isStarted(await receive({ status: 'FAILED' }, parameters))).toBe(expected);
	});

	it.each(['={{ "complete" }}', '={{ [] }}', '={{ 7 }}', '={{ undefined }}'])(
		'rejects a delivery while the list is %s',
		async (events) => {
			const outcome = await receive({ status: 'COMPLETED' }, { events });
			expect(outcome.status).toBe(503);
			expect(outcome.log).toEqual([
				expect.stringMatching(/Events is (not one of its choices|empty)/),
			]);
		},
	);

	it('logs the field names of an unrecognized delivery, and no values', async () => {
		const text = JSON.stringify({ orderNumber: 'Nathan', 'has blank': 1, ['x'.repeat(50)]: 2 });
		const { data } = await account.sandbox.control.post<{ signature: string }>('/sign', {
			body: text,
		});
		const outcome = await deliver({
			nodeType: new TransactionLinkTrigger(),
			credential: account.credential(),
			parameters: { events: ['completed'] },
			rawBody: Buffer.from(text),
			headers: { 'jws-signature': data.signature },
		});
		expect([outcome.status, isStarted(outcome)]).toEqual([200, false]);
		expect(outcome.log).toEqual([
			expect.stringMatching(new RegExp(`^warn: .*event is unrecognized.*: orderNumber, x{40}$`)),
		]);
	});

	it('are ignored while a user listens for a test event', async () => {
		const outcome = await receive({ status: 'RUNNING' }, { events: ['completed'] }, 'manual');
		expect(itemOf(outcome)).toMatchObject({ event: 'statusChanged', outcome: 'pending' });
	});
});

describe('every field of the panel', () => {
	const inputs: Record<Input, string> = {
		empty: '""',
		list: '["a", "b"]',
		object: '({ a: 1 })',
		number: '70707',
		'"true"': '"true"',
		undefined: 'undefined',
		NaN: 'NaN',
		'{{ x }}': '"{" + "{ x }" + "}"',
		'zero-width': '"\u200B"',
	};
	const kinds: Record<string, Kind> = {
		// A list of choices: the trigger reads each entry as text first.
		events: {
			...choice,
			object: /Events must be text/,
			NaN: /Events is/,
			'{{ x }}': /Events contains/,
		},
		confirmRun: onOff,
		ignoreDuplicates: onOff,
		includeResult: onOff,
		output: choice,
		verifySignature: onOff,
		workflowDefinition: { ...list, list: 'accepted', number: 'accepted', '"true"': 'accepted' },
	};

	it('is in the table', () => {
		const names = new TransactionLinkTrigger().description.properties.flatMap(
			({ name, type, options = [] }) =>
				type === 'notice'
					? []
					: type === 'collection'
						? options.map((option) => option.name)
						: [name],
		);
		expect(names.sort()).toEqual(Object.keys(kinds).sort());
	});

	it.each(Object.keys(kinds))(
		'%s rejects deliveries with 503 while its value is invalid',
		async (name) => {
			for (const [input, expression] of Object.entries(inputs)) {
				const value = `={{ ${expression} }}`;
				const outcome = await receive(
					{ status: 'COMPLETED' },
					name === 'events' ? { events: value } : { options: { [name]: value } },
				);
				const expected = kinds[name]?.[input as Input];
				const found = { input, status: outcome.status, log: outcome.log.join('\n') };
				if (expected instanceof RegExp) {
					expect(found).toMatchObject({ status: 503, log: expect.stringMatching(expected) });
				} else expect(found).toMatchObject({ status: 200 });
			}
		},
	);
});

describe('a switch by expression', () => {
	it.each(['"true"', '"TRUE"', '" yes "', '1'])('reads %s as on', async (value) => {
		const outcome = await receive(
			{ status: 'COMPLETED' },
			{ options: { includeResult: `={{ ${value} }}` } },
		);
		expect(itemOf(outcome)).toHaveProperty('result');
	});

	it.each([
		['verifySignature', '"maybe"', 'Verify Signature'],
		['includeResult', 'null', 'Include Result'],
		['confirmRun', '2', 'Confirm Run'],
		['ignoreDuplicates', '[]', 'Ignore Duplicates'],
		['output', '"ids"', 'Output'],
	])('rejects a delivery while %s is %s', async (name, value, label) => {
		const outcome = await receive(
			{ status: 'COMPLETED' },
			{ options: { [name]: `={{ ${value} }}` } },
		);
		expect(outcome.status).toBe(503);
		expect(outcome.log).toEqual([
			expect.stringMatching(new RegExp(`${label} (must be|is (empty|not one of))`)),
		]);
	});
});

it('outputs IDs only if the user chose that', async () => {
	const outcome = await receive(
		{ status: 'COMPLETED', name: 'Nathan', firstName: 'Nathan' },
		{ options: { output: 'idsOnly', includeResult: true } },
	);
	expect(Object.keys(itemOf(outcome) ?? {}).sort()).toEqual(
		[
			...['caseId', 'confirmed', 'event', 'eventId', 'outcome', 'receivedAt', 'recordId'],
			...['signature', 'status', 'workflowDefinitionId', 'workflowId'],
		].sort(),
	);
	expect(JSON.stringify(itemOf(outcome))).not.toContain('Nathan');
});

it.each([
	['step.completed', 'RUNNING'],
	['completion_failed', 'IN_PROGRESS'],
	['workflow.completed', 'RUNNING'],
])(
	'a "%s" with the status %s does not suppress the completion of the run',
	async (event, status) => {
		const workflowId = randomUUID();
		const parameters = { events: ['completed', 'statusChanged'] };
		const first = await receive({ workflowId, event, status }, parameters);
		expect(itemOf(first)).toMatchObject({ event: 'statusChanged', outcome: 'pending' });
		const last = await receive(
			{ workflowId, event: 'workflow.completed', status: 'COMPLETED' },
			parameters,
		);
		expect(itemOf(last)).toMatchObject({ event: 'completed', outcome: 'completed' });
	},
);

it('responds 200 to a repeat as soon as n8n accepts the first delivery, also after its sender hung up', async () => {
	let accept = (): void => undefined;
	const accepted = new Promise<void>((resolve) => {
		accept = resolve;
	});
	let reportStart = (): void => undefined;
	const started = new Promise<void>((resolve) => {
		reportStart = resolve;
	});
	const receiver = await startReceiver({
		nodeType: new TransactionLinkTrigger(),
		credential: account.credential(),
		parameters: { options: { confirmRun: false } },
		startExecution: async () => {
			reportStart();
			await accepted;
		},
	});
	const delivery = await signed({ workflowId: randomUUID(), status: 'COMPLETED' });
	const hangUp = new AbortController();
	const first = receiver.deliver({ ...delivery, abort: hangUp.signal }).catch(() => undefined);
	await started;
	hangUp.abort();
	await first;
	const repeat = receiver.deliver(delivery);
	accept();
	const outcome = await repeat;
	expect([outcome.status, isStarted(outcome)]).toEqual([200, false]);
	await receiver.close();
});
