// Each operation under each fault: reads are repeated, no creation takes effect twice, and the message states what
// happened.

import type { INodeParameters } from 'n8n-workflow';
import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { rowsOf } from '../long-proofs.mts';
import { definitions, openAccount, type Account } from './account.mts';
import { createBinaryItem, type RunOutcome } from './harness/index.mts';

const table = SAMPLE_TABLE.id;

/** One operation of the node, and the one call that the fault strikes. */
interface Case {
	operationId: string;
	parameters: INodeParameters;
	/** The list of the sandbox that shows its effect; undefined for a read. */
	makes?: string;
	hasFile?: boolean;
	/** Whether an empty body that the server declares is a success, because nothing is known about the expected body. */
	mayBeEmpty?: boolean;
}

let account: Account;
let operations: Case[];

/** The objects that the reads get exist before any fault occurs. */
async function prepare(): Promise<Case[]> {
	const http = async (
		path: string,
		body: object | FormData,
	): Promise<{ id: string; caseId: string }> => {
		const isForm = body instanceof FormData;
		const response = await fetch(`${account.sandbox.url}${path}`, {
			method: 'POST',
			headers: {
				authorization: 'tot_sandbox',
				...(isForm ? {} : { 'content-type': 'application/json' }),
			},
			body: isForm ? body : JSON.stringify(body),
		});
		return (await response.json()) as { id: string; caseId: string };
	};
	const workflowDefinitionId = definitions.completesSoon;
	const { caseId } = await http('/cases', {});
	const { id: recordId } = await http(`/tables/${table}/records`, { name: 'Nordlys AB' });
	const form = new FormData();
	form.append('file', new Blob(['content']), 'a.txt');
	const { id: attachmentId } = await http(`/tables/${table}/records/${recordId}/attachments`, form);
	const { id: workflowId } = await http('/workflows/run', { caseId, workflowDefinitionId });
	await account.sandbox.control.post(`/runs/${workflowId}/status`, { status: 'COMPLETED' });
	const place = { tableId: table, recordId };
	const linkFor = { linkFor: 'case', caseId, workflowDefinitionId };
	await account.sandbox.control.patch('/settings', { pace: 100 });
	return [
		{
			operationId: 'createCase',
			makes: 'cases',
			parameters: { resource: 'case', operation: 'create', additionalFields: {} },
		},
		{ operationId: 'getCase', parameters: { resource: 'case', operation: 'get', caseId } },
		{
			operationId: 'createCase',
			makes: 'cases',
			mayBeEmpty: true,
			parameters: {
				resource: 'apiRequest',
				operation: 'send',
				method: 'POST',
				path: '/cases',
				sendBody: true,
				bodyJson: '{}',
			},
		},
		{
			operationId: 'getUsers',
			parameters: { resource: 'apiRequest', operation: 'send', path: '/organizations/users' },
		},
		{
			operationId: 'createParameterSet',
			makes: 'parameter-sets',
			parameters: {
				resource: 'parameters',
				operation: 'create',
				workflowDefinitionId,
				specifyParameters: 'json',
				parametersJson: '{}',
			},
		},
		{
			operationId: 'runWorkflow',
			makes: 'runs',
			parameters: { resource: 'workflow', operation: 'run', workflowDefinitionId, caseId },
		},
		{
			operationId: 'startWorkflow',
			makes: 'runs',
			parameters: { resource: 'workflow', operation: 'start', workflowDefinitionId, locale: 'en' },
		},
		{
			operationId: 'getWorkflow',
			parameters: { resource: 'workflow', operation: 'getStatus', workflowId },
		},
		{
			operationId: 'getWorkflowResult',
			parameters: { resource: 'workflow', operation: 'getResult', workflowId },
		},
		{
			operationId: 'createLink',
			makes: 'links',
			parameters: { resource: 'link', operation: 'create', ...linkFor },
		},
		{
			operationId: 'sendLink',
			makes: 'links',
			parameters: {
				resource: 'link',
				operation: 'send',
				linkFor: 'record',
				recordId,
				workflowDefinitionId,
				email: 'name@example.com',
			},
		},
		{
			operationId: 'createWidgetToken',
			makes: 'links',
			parameters: { resource: 'token', operation: 'create', ...linkFor },
		},
		{
			operationId: 'uploadFile',
			makes: 'files',
			hasFile: true,
			parameters: { resource: 'file', operation: 'upload', binaryPropertyName: 'data' },
		},
		{
			operationId: 'createRecord',
			makes: 'records',
			parameters: {
				resource: 'record',
				operation: 'create',
				tableId: table,
				specifyColumns: 'json',
				columnsJson: '{"name": "x"}',
			},
		},
		{ operationId: 'getRecord', parameters: { resource: 'record', operation: 'get', ...place } },
		{
			operationId: 'uploadAttachment',
			makes: 'attachments',
			hasFile: true,
			parameters: {
				resource: 'attachment',
				operation: 'upload',
				...place,
				binaryPropertyName: 'data',
			},
		},
		{
			operationId: 'getAttachments',
			parameters: { resource: 'attachment', operation: 'getMany', ...place },
		},
		{
			operationId: 'getAttachment',
			parameters: {
				resource: 'attachment',
				operation: 'get',
				...place,
				attachmentId,
				binaryPropertyName: 'data',
			},
		},
	];
}

const LISTS = ['cases', 'parameter-sets', 'runs', 'links', 'files', 'records', 'attachments'];

async function effects(): Promise<Record<string, number>> {
	const counts = await Promise.all(
		LISTS.map(
			async (list) =>
				[list, (await account.sandbox.control.get<unknown[]>(`/${list}`)).data.length] as const,
		),
	);
	return Object.fromEntries(counts);
}

async function run({ parameters, hasFile }: Case): Promise<RunOutcome> {
	const items =
		hasFile === true
			? [
					await createBinaryItem('data', {
						content: Buffer.from('content'),
						fileName: 'a.txt',
						mimeType: 'text/plain',
					}),
				]
			: [{}];
	return await account.run(parameters, { items, credential: account.credential() });
}

beforeAll(async () => {
	account = await openAccount();
	operations = await prepare();
});
afterAll(async () => {
	process.stdout.write(`${cells} cells of the fault matrix ended as the policy says\n`);
});

/** Those that held what they were looked at for. */
let cells = 0;

/** The sentences about the effect of a creation. */
const TOLD = {
	neverSent: 'Nothing was sent, so it did not happen.',
	didNotHappen: 'It did not happen.',
	mayHaveHappened:
		'It may have happened: check the TransactionLink dashboard before you run this item again. If it has, ' +
		'continue with what it created.',
} as const;

function toldIn(description: string | undefined): string[] {
	const told = Object.entries(TOLD).filter(([, words]) => description?.startsWith(words) === true);
	return told.map(([name]) => name);
}

/** The policy: a read may be repeated, a creation only if it certainly had no effect. */
interface Row {
	name: string;
	fault: Record<string, unknown>;
	/** Strikes the sign-in instead of the operations. */
	isAtSignIn?: boolean;
	question: 'succeeds' | 'fails';
	creation: 'succeeds' | 'fails';
	/** How often a creation took effect. */
	effects: 0 | 1;
	/** The sentence about the effect of a failed creation. */
	told?: keyof typeof TOLD;
	/** Part of the cross-section that `npm test` runs. */
	isQuick?: boolean;
}

const soon = new Date(Date.now() - 1_000).toUTCString();
const rows: Row[] = [
	{
		name: 'reset before the effect',
		fault: { kind: 'cut' },
		question: 'succeeds',
		creation: 'fails',
		effects: 0,
		told: 'mayHaveHappened',
	},
	{
		name: 'reset after the effect',
		isQuick: true,
		fault: { kind: 'cut', effect: 'after' },
		question: 'succeeds',
		creation: 'fails',
		effects: 1,
		told: 'mayHaveHappened',
	},
	{
		name: '408',
		fault: { kind: 'status', status: 408 },
		question: 'succeeds',
		creation: 'fails',
		effects: 0,
		told: 'mayHaveHappened',
	},
	{
		name: '429 with seconds',
		isQuick: true,
		fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
		question: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: '429 with a date',
		fault: { kind: 'status', status: 429, headers: { 'retry-after': soon } },
		question: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: '500',
		isQuick: true,
		fault: { kind: 'status', status: 500 },
		question: 'succeeds',
		creation: 'fails',
		effects: 0,
		told: 'mayHaveHappened',
	},
	{
		name: '502 with HTML',
		fault: { kind: 'html', status: 502 },
		question: 'succeeds',
		creation: 'fails',
		effects: 0,
		told: 'mayHaveHappened',
	},
	{
		name: '503',
		fault: { kind: 'status', status: 503 },
		question: 'succeeds',
		creation: 'fails',
		effects: 0,
		told: 'mayHaveHappened',
	},
	{
		name: '503 that says when',
		isQuick: true,
		fault: { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
		question: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: '504 after the effect',
		fault: { kind: 'status', status: 504, effect: 'after' },
		question: 'succeeds',
		creation: 'fails',
		effects: 1,
		told: 'mayHaveHappened',
	},
	{
		name: 'empty body',
		isQuick: true,
		fault: { kind: 'empty', effect: 'after' },
		question: 'fails',
		creation: 'fails',
		effects: 1,
		told: 'mayHaveHappened',
	},
	{
		name: 'malformed JSON',
		isQuick: true,
		fault: { kind: 'malformed', effect: 'after' },
		question: 'succeeds',
		creation: 'fails',
		effects: 1,
		told: 'mayHaveHappened',
	},
	{
		name: '200 with an error body',
		isQuick: true,
		fault: { kind: 'errorBody', status: 200 },
		question: 'fails',
		creation: 'fails',
		effects: 0,
		told: 'didNotHappen',
	},
	{
		name: 'redirect to another host',
		isQuick: true,
		fault: { kind: 'redirect' },
		question: 'fails',
		creation: 'fails',
		effects: 0,
		told: 'didNotHappen',
	},
	...(['length', 'chunked', 'gzip', 'gzipEnd'] as const).map(
		(shape): Row => ({
			name: `body cut in the middle (${shape})`,
			isQuick: shape === 'gzip',
			fault: { kind: 'cutBody', effect: 'after', shape },
			question: 'succeeds',
			creation: 'fails',
			effects: 1,
			told: 'mayHaveHappened',
		}),
	),
	...[400, 403, 404, 409, 413, 422].map(
		(status): Row => ({
			name: `${status} with HTML`,
			isQuick: status === 404,
			fault: { kind: 'html', status },
			question: 'fails',
			creation: 'fails',
			effects: 0,
			told: 'didNotHappen',
		}),
	),
	...[401, 429].map(
		(status): Row => ({
			name: `${status} with HTML`,
			fault: { kind: 'html', status },
			question: 'succeeds',
			creation: 'succeeds',
			effects: 1,
		}),
	),
	{
		name: 'echo of the request',
		isQuick: true,
		fault: { kind: 'echo' },
		question: 'fails',
		creation: 'fails',
		effects: 0,
		told: 'didNotHappen',
	},
	{
		name: 'dripping body after the effect',
		fault: { kind: 'drip', effect: 'after' },
		question: 'succeeds',
		creation: 'fails',
		effects: 1,
		told: 'mayHaveHappened',
	},
	{
		name: '401 in the middle',
		isQuick: true,
		fault: { kind: 'status', status: 401 },
		question: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: 'slow sign-in',
		fault: { kind: 'delay', delayMs: 4_000 },
		isAtSignIn: true,
		question: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: 'sign-in that fails once',
		isQuick: true,
		fault: { kind: 'status', status: 502 },
		isAtSignIn: true,
		question: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	...(
		[
			['sign-in that fails for good', { kind: 'status', status: 503 }],
			['sign-in that is rejected', { kind: 'status', status: 401 }],
			['sign-in that gets a web page', { kind: 'html', status: 401 }],
			['sign-in that is cut', { kind: 'cutBody', shape: 'length' }],
		] as const
	).map(
		([name, fault]): Row => ({
			name,
			isQuick: name === 'sign-in that is rejected',
			fault: { ...fault, times: 1_000 },
			isAtSignIn: true,
			question: 'fails',
			creation: 'fails',
			effects: 0,
			told: 'neverSent',
		}),
	),
	{
		name: 'timeout after the effect',
		fault: { kind: 'delay', effect: 'after', delayMs: 40_000 },
		question: 'succeeds',
		creation: 'fails',
		effects: 1,
		told: 'mayHaveHappened',
	},
];

async function expectPolicy({
	fault,
	isAtSignIn,
	question,
	creation,
	effects: times,
	told,
}: Row): Promise<void> {
	const before = await effects();
	const struck = isAtSignIn === true ? ['authorize'] : operations.map((one) => one.operationId);
	for (const operationId of struck) await account.fault({ operationId, ...fault });
	const outcomes = await Promise.all(
		operations.map(async (operation) => ({ ...operation, outcome: await run(operation) })),
	);
	await account.sandbox.control.delete('/faults');
	const after = await effects();
	const made = Object.fromEntries(
		LISTS.map((list) => [list, (after[list] ?? 0) - (before[list] ?? 0)]),
	);
	const expected = Object.fromEntries(
		LISTS.map((list) => [list, times * operations.filter(({ makes }) => makes === list).length]),
	);
	expect(made).toEqual(expected);
	for (const { operationId, makes, mayBeEmpty, outcome } of outcomes) {
		const isEmptySuccess = fault['kind'] === 'empty' && mayBeEmpty === true;
		if (isEmptySuccess) expect(outcome.output[0]?.[0]?.json).toEqual({ success: true });
		const wanted = isEmptySuccess ? 'succeeds' : makes === undefined ? question : creation;
		expect([operationId, outcome.status]).toEqual([
			operationId,
			wanted === 'succeeds' ? 'success' : 'error',
		]);
		if (outcome.status === 'error')
			expect([operationId, toldIn(outcome.error?.description)]).toEqual([
				operationId,
				makes === undefined || told === undefined ? [] : [told],
			]);
		cells += 1;
	}
	const { data: elsewhere } = await account.sandbox.control.get<unknown[]>('/downloads');
	expect(JSON.stringify(elsewhere)).not.toMatch(/bearer|tot_sandbox/i);
}

const quickRows = rows.filter(({ isQuick }) => isQuick === true);
it.each(rowsOf(rows, quickRows))(
	'$name: each operation ends by the policy, and creates nothing twice',
	expectPolicy,
);

it('a permanently refused connection is reported as a request that was never sent', async () => {
	const credential = account.credential({
		authentication: 'organizationToken',
		organizationToken: 'tot_sandbox',
		baseUrl: 'http://127.0.0.1:9',
	});
	const outcomes = await Promise.all(
		operations.map(async ({ parameters, hasFile }) => {
			const items =
				hasFile === true
					? [await createBinaryItem('data', { content: Buffer.from('x'), mimeType: 'text/plain' })]
					: [{}];
			return await account.run(parameters, { items, credential });
		}),
	);
	for (const { error } of outcomes) {
		expect(error?.message).toContain('TransactionLink did not respond when asked to');
		expect(error?.description).toContain('Nothing listens at the Base URL');
		expect(error?.description).not.toContain('may have happened');
		cells += 1;
	}
});
