// Under each fault, each operation retries reads, creates nothing twice and states what happened.

import type { INodeParameters } from 'n8n-workflow';
import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { rowsOf } from '../long-proofs.mts';
import { definitions, openAccount, type Account } from './account.mts';
import { createBinaryItem, type RunOutcome } from './harness/index.mts';

const table = SAMPLE_TABLE.id;

/** An operation of the node, and its request that the fault affects. */
interface Operation {
	operationId: string;
	parameters: INodeParameters;
	/** The sandbox's list of the created objects; undefined for a read. */
	creates?: string;
	hasFile?: boolean;
	/** Whether a declared empty body is a success, because the operation has no expected body. */
	mayBeEmpty?: boolean;
}

let account: Account;
let operations: Operation[];

/** Creates the objects for the reads, before any fault, and returns the operations. */
async function prepare(): Promise<Operation[]> {
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
	const recordFields = { tableId: table, recordId };
	const linkFor = { linkFor: 'case', caseId, workflowDefinitionId };
	await account.sandbox.control.patch('/settings', { pace: 100 });
	return [
		{
			operationId: 'createCase',
			creates: 'cases',
			parameters: { resource: 'case', operation: 'create', additionalFields: {} },
		},
		{ operationId: 'getCase', parameters: { resource: 'case', operation: 'get', caseId } },
		{
			operationId: 'createCase',
			creates: 'cases',
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
			creates: 'parameter-sets',
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
			creates: 'runs',
			parameters: { resource: 'workflow', operation: 'run', workflowDefinitionId, caseId },
		},
		{
			operationId: 'startWorkflow',
			creates: 'runs',
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
			creates: 'links',
			parameters: { resource: 'link', operation: 'create', ...linkFor },
		},
		{
			operationId: 'sendLink',
			creates: 'links',
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
			creates: 'links',
			parameters: { resource: 'token', operation: 'create', ...linkFor },
		},
		{
			operationId: 'uploadFile',
			creates: 'files',
			hasFile: true,
			parameters: { resource: 'file', operation: 'upload', binaryPropertyName: 'data' },
		},
		{
			operationId: 'createRecord',
			creates: 'records',
			parameters: {
				resource: 'record',
				operation: 'create',
				tableId: table,
				specifyColumns: 'json',
				columnsJson: '{"name": "x"}',
			},
		},
		{
			operationId: 'getRecord',
			parameters: { resource: 'record', operation: 'get', ...recordFields },
		},
		{
			operationId: 'uploadAttachment',
			creates: 'attachments',
			hasFile: true,
			parameters: {
				resource: 'attachment',
				operation: 'upload',
				...recordFields,
				binaryPropertyName: 'data',
			},
		},
		{
			operationId: 'getAttachments',
			parameters: { resource: 'attachment', operation: 'getMany', ...recordFields },
		},
		{
			operationId: 'getAttachment',
			parameters: {
				resource: 'attachment',
				operation: 'get',
				...recordFields,
				attachmentId,
				binaryPropertyName: 'data',
			},
		},
	];
}

const LISTS = ['cases', 'parameter-sets', 'runs', 'links', 'files', 'records', 'attachments'];

async function countObjects(): Promise<Record<string, number>> {
	const counts = await Promise.all(
		LISTS.map(
			async (list) =>
				[list, (await account.sandbox.control.get<unknown[]>(`/${list}`)).data.length] as const,
		),
	);
	return Object.fromEntries(counts);
}

async function run(
	{ parameters, hasFile }: Operation,
	credential = account.credential(),
): Promise<RunOutcome> {
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
	return await account.run(parameters, { items, credential });
}

beforeAll(async () => {
	account = await openAccount();
	operations = await prepare();
});
afterAll(async () => {
	process.stdout.write(`${cells} cells of the fault matrix follow the policy\n`);
});

/** The number of checked operations under faults. */
let cells = 0;

/** The sentences about the effect of a creation. */
const EFFECT_SENTENCES = {
	neverSent: 'was not sent.',
	didNotHappen: 'had no effect.',
	mayHaveHappened:
		'may have succeeded: check the TransactionLink dashboard before you run this item again. If it did, ' +
		'continue with the ID of what it created.',
} as const;

function effectSentencesIn(description: string | undefined): string[] {
	const [, effect = ''] =
		/^The request to [a-zGPOST ]+? ((was|had|may) .*)/.exec(description ?? '') ?? [];
	return Object.entries(EFFECT_SENTENCES)
		.filter(([, sentence]) => effect.startsWith(sentence))
		.map(([name]) => name);
}

/** The policy: the node may retry a read, but a creation only if it certainly had no effect. */
interface Row {
	name: string;
	fault: Record<string, unknown>;
	/** Whether the fault affects the sign-in instead of the operations. */
	isAtSignIn?: boolean;
	read: 'succeeds' | 'fails';
	creation: 'succeeds' | 'fails';
	/** How many objects a creation creates. */
	effects: 0 | 1;
	/** The sentence about the effect of a failed creation. */
	effectSentence?: keyof typeof EFFECT_SENTENCES;
	/** Whether the row is in the cross-section that `npm test` runs. */
	isQuick?: boolean;
}

const oneSecondAgo = new Date(Date.now() - 1_000).toUTCString();
const rows: Row[] = [
	{
		name: 'reset before the effect',
		fault: { kind: 'cut' },
		read: 'succeeds',
		creation: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'reset after the effect',
		isQuick: true,
		fault: { kind: 'cut', effect: 'after' },
		read: 'succeeds',
		creation: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '408',
		fault: { kind: 'status', status: 408 },
		read: 'succeeds',
		creation: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '429 with Retry-After in seconds',
		isQuick: true,
		fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
		read: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: '429 with Retry-After as a date',
		fault: { kind: 'status', status: 429, headers: { 'retry-after': oneSecondAgo } },
		read: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: '500',
		isQuick: true,
		fault: { kind: 'status', status: 500 },
		read: 'succeeds',
		creation: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '502 with HTML',
		fault: { kind: 'html', status: 502 },
		read: 'succeeds',
		creation: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '503',
		fault: { kind: 'status', status: 503 },
		read: 'succeeds',
		creation: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '503 with Retry-After',
		isQuick: true,
		fault: { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
		read: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: '504 after the effect',
		fault: { kind: 'status', status: 504, effect: 'after' },
		read: 'succeeds',
		creation: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'empty body',
		isQuick: true,
		fault: { kind: 'empty', effect: 'after' },
		read: 'fails',
		creation: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'malformed JSON',
		isQuick: true,
		fault: { kind: 'malformed', effect: 'after' },
		read: 'succeeds',
		creation: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '200 with an error body',
		isQuick: true,
		fault: { kind: 'errorBody', status: 200 },
		read: 'fails',
		creation: 'fails',
		effects: 0,
		effectSentence: 'didNotHappen',
	},
	{
		name: 'redirect to another host',
		isQuick: true,
		fault: { kind: 'redirect' },
		read: 'fails',
		creation: 'fails',
		effects: 0,
		effectSentence: 'didNotHappen',
	},
	...(['length', 'chunked', 'gzip', 'gzipEnd'] as const).map(
		(shape): Row => ({
			name: `truncated body (${shape})`,
			isQuick: shape === 'gzip',
			fault: { kind: 'cutBody', effect: 'after', shape },
			read: 'succeeds',
			creation: 'fails',
			effects: 1,
			effectSentence: 'mayHaveHappened',
		}),
	),
	...[400, 403, 404, 409, 413, 422].map(
		(status): Row => ({
			name: `${status} with HTML`,
			isQuick: status === 404,
			fault: { kind: 'html', status },
			read: 'fails',
			creation: 'fails',
			effects: 0,
			effectSentence: 'didNotHappen',
		}),
	),
	...[401, 429].map(
		(status): Row => ({
			name: `${status} with HTML`,
			fault: { kind: 'html', status },
			read: 'succeeds',
			creation: 'succeeds',
			effects: 1,
		}),
	),
	{
		name: 'echo of the request',
		isQuick: true,
		fault: { kind: 'echo' },
		read: 'fails',
		creation: 'fails',
		effects: 0,
		effectSentence: 'didNotHappen',
	},
	{
		name: 'dripping body after the effect',
		fault: { kind: 'drip', effect: 'after' },
		read: 'succeeds',
		creation: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'a single 401',
		isQuick: true,
		fault: { kind: 'status', status: 401 },
		read: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: 'slow sign-in',
		fault: { kind: 'delay', delayMs: 4_000 },
		isAtSignIn: true,
		read: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	{
		name: 'sign-in that fails once',
		isQuick: true,
		fault: { kind: 'status', status: 502 },
		isAtSignIn: true,
		read: 'succeeds',
		creation: 'succeeds',
		effects: 1,
	},
	...(
		[
			['permanently failing sign-in', { kind: 'status', status: 503 }],
			['rejected sign-in', { kind: 'status', status: 401 }],
			['web page as the response to the sign-in', { kind: 'html', status: 401 }],
			['truncated response to the sign-in', { kind: 'cutBody', shape: 'length' }],
		] as const
	).map(
		([name, fault]): Row => ({
			name,
			isQuick: name === 'rejected sign-in',
			fault: { ...fault, times: 1_000 },
			isAtSignIn: true,
			read: 'fails',
			creation: 'fails',
			effects: 0,
			effectSentence: 'neverSent',
		}),
	),
	{
		name: 'timeout after the effect',
		fault: { kind: 'delay', effect: 'after', delayMs: 40_000 },
		read: 'succeeds',
		creation: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
];

async function expectPolicy({
	fault,
	isAtSignIn,
	read,
	creation,
	effects,
	effectSentence,
}: Row): Promise<void> {
	const before = await countObjects();
	const operationIds =
		isAtSignIn === true ? ['authorize'] : operations.map(({ operationId }) => operationId);
	for (const operationId of operationIds) await account.fault({ operationId, ...fault });
	const outcomes = await Promise.all(
		operations.map(async (operation) => ({ ...operation, outcome: await run(operation) })),
	);
	await account.sandbox.control.delete('/faults');
	const after = await countObjects();
	const created = Object.fromEntries(
		LISTS.map((list) => [list, (after[list] ?? 0) - (before[list] ?? 0)]),
	);
	const expected = Object.fromEntries(
		LISTS.map((list) => [
			list,
			effects * operations.filter(({ creates }) => creates === list).length,
		]),
	);
	expect(created).toEqual(expected);
	for (const { operationId, creates, mayBeEmpty, outcome } of outcomes) {
		const isEmptySuccess = fault['kind'] === 'empty' && mayBeEmpty === true;
		if (isEmptySuccess) expect(outcome.output[0]?.[0]?.json).toEqual({ success: true });
		const expectedOutcome = isEmptySuccess ? 'succeeds' : creates === undefined ? read : creation;
		expect([operationId, outcome.status]).toEqual([
			operationId,
			expectedOutcome === 'succeeds' ? 'success' : 'error',
		]);
		if (outcome.status === 'error')
			expect([operationId, effectSentencesIn(outcome.error?.description)]).toEqual([
				operationId,
				creates === undefined || effectSentence === undefined ? [] : [effectSentence],
			]);
		cells += 1;
	}
	const { data: downloads } = await account.sandbox.control.get<unknown[]>('/downloads');
	expect(JSON.stringify(downloads)).not.toMatch(/bearer|tot_sandbox/i);
}

const quickRows = rows.filter(({ isQuick }) => isQuick === true);
it.each(rowsOf(rows, quickRows))(
	'$name: each operation follows the policy, and creates nothing twice',
	expectPolicy,
);

it('reports a permanently refused connection as a request that was never sent', async () => {
	const credential = account.credential({
		authentication: 'organizationToken',
		organizationToken: 'tot_sandbox',
		baseUrl: 'http://127.0.0.1:9',
	});
	const outcomes = await Promise.all(
		operations.map(async (operation) => await run(operation, credential)),
	);
	for (const { error } of outcomes) {
		expect(error?.message).toContain('TransactionLink did not respond when asked to');
		expect(error?.description).toContain('Nothing listens at the Base URL');
		expect(error?.description).not.toContain('may have succeeded');
		cells += 1;
	}
});
