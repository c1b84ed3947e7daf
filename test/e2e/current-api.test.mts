// What TransactionLink documents today works in the real n8n: any call of its API, outcomes, versions, expiry, tokens.

import axios from 'axios';
import { DEFINITION_IDS, SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { at } from '../../scripts/json.mts';
import { ACTION_NODE, TRIGGER_NODE } from '../../scripts/onboarding/prepare.mts';
import { runNodes } from './run-nodes.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const COMPLETES_SOON = DEFINITION_IDS.companyCheck;
const FAILS = DEFINITION_IDS.failingCheck;
const HAS_STEPS_FOR_THE_PERSON = DEFINITION_IDS.hostedOnboarding;
const TABLE = SAMPLE_TABLE.id;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

type Json = Record<string, unknown>;

async function outputsOf(parameters: Json): Promise<Json[]> {
	const execution = await stage.runAction(parameters);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return execution.itemsOf(ACTION).map(({ json }) => json);
}
const outputOf = async (parameters: Json): Promise<Json> => (await outputsOf(parameters))[0] ?? {};

const send = (method: string, path: string, more: Json = {}) => ({
	resource: 'apiRequest',
	operation: 'send',
	method,
	path,
	...more,
});
const workflow = (operation: string, more: Json) => ({ resource: 'workflow', operation, ...more });
const calls = async (operationId: string) =>
	(
		await stage.sandbox.control.get<{ path: string; accept: string; body: unknown }[]>('/calls', {
			params: { operationId },
		})
	).data;
const set = async (settings: Json) => await stage.sandbox.control.patch('/settings', settings);

describe('API Request → Send', () => {
	it('finds a user, who then becomes the assignee of a record: the examples of the README', async () => {
		const queryUi = { values: [{ name: 'size', value: '2' }] };
		const users = await outputsOf(
			send('GET', '/organizations/users', { returnAll: true, queryUi }),
		);
		expect(users.map(({ email }) => email)).toEqual(
			[1, 2, 3, 4, 5].map((number) => `user-${number}@example.com`),
		);
		const [{ id: assignee } = {}] = users;
		expect(await outputOf(send('GET', `/organizations/users/${String(assignee)}`))).toEqual(
			users[0],
		);
		const { id } = await outputOf(
			send('POST', `/tables/${TABLE}/records`, {
				sendBody: true,
				bodyJson: JSON.stringify({ name: 'Nordlys AB', assignee }),
			}),
		);
		expect(await outputOf(send('GET', `/tables/${TABLE}/records/${String(id)}`))).toMatchObject({
			id,
			name: 'Nordlys AB',
			assignee,
		});
	});

	it('returns as many users as Limit says', async () => {
		expect(await outputsOf(send('GET', '/organizations/users', { limit: 3 }))).toHaveLength(3);
	});

	it.each([
		['//evil.example/users', 'contains nothing between two slashes, or after the last'],
		['/users/%2e%2e/admin', 'contains "." or ".." between slashes'],
		['@evil.example', 'does not start with a slash'],
		['/organizations/users/={{ $json.nope }}', 'contains an expression that was not evaluated'],
		[
			'=/organizations/users/{{ $json.nope ?? "" }}',
			'contains nothing between two slashes, or after the last',
		],
	])('rejects %s before any request', async (path, finding) => {
		const before = (await stage.sandbox.control.get<unknown[]>('/calls')).data.length;
		const error = (
			await runNodes(stage, [{ name: ACTION, parameters: send('GET', path) }])
		).errorOf(ACTION);
		expect(error?.message).toBe(`Path ${finding}`);
		expect((await stage.sandbox.control.get<unknown[]>('/calls')).data).toHaveLength(before);
	});
});

describe('an outcome', () => {
	const start = (workflowDefinitionId: string, more: Json = {}) =>
		workflow('start', { workflowDefinitionId, locale: 'en', ...more });
	const run = (workflowDefinitionId: string, more: Json = {}) =>
		workflow('run', { workflowDefinitionId, runFor: 'nothing', ...more });

	it('and the ID stand beside every run', async () => {
		const started = await outputOf(run(COMPLETES_SOON));
		const workflowId = started['id'];
		expect(started).toMatchObject({ workflowId, outcome: 'pending' });
		expect(await outputOf(workflow('wait', { workflowId }))).toMatchObject({
			workflowId,
			outcome: 'completed',
			result: expect.any(Object),
		});
		expect(await outputOf(workflow('getStatus', { workflowId }))).toMatchObject({
			workflowId,
			outcome: 'completed',
		});
		const execution = await outputOf(start(HAS_STEPS_FOR_THE_PERSON));
		expect(execution).toMatchObject({ workflowId: execution['id'], outcome: 'pending' });
	});

	it.each([
		['Run', run(FAILS, { waitForCompletion: true })],
		['Start Execution', start(FAILS, { waitForCompletion: true })],
	])(
		'of a failed run is for an If node to decide on, where %s is not to fail',
		async (_, parameters) => {
			const execution = await runNodes(stage, [
				{ name: ACTION, parameters: { ...parameters, options: { failWhenRunFails: false } } },
				{
					name: 'If',
					type: 'n8n-nodes-base.filter',
					typeVersion: 2,
					parameters: {
						conditions: {
							options: { caseSensitive: true, leftValue: '', typeValidation: 'strict' },
							combinator: 'and',
							conditions: [
								{
									id: 'failed',
									leftValue: '={{ $json.outcome }}',
									rightValue: 'failed',
									operator: { type: 'string', operation: 'equals' },
								},
							],
						},
						options: {},
					},
				},
			]);
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			expect(execution.itemsOf('If')[0]?.json).toMatchObject({ status: 'FAILED', result: null });
			const failing = (await stage.runAction(parameters)).errorOf(ACTION);
			expect(failing?.message).toBe('The run ended without success: its status is FAILED');
		},
	);

	it('of an execution without Expires is that it expired, an hour after its start', async () => {
		const { expiresAt } = await outputOf(start(COMPLETES_SOON));
		const ahead = Date.parse(String(expiresAt)) - Date.now();
		expect(ahead).toBeGreaterThan(58 * 60_000);
		expect(ahead).toBeLessThanOrEqual(60 * 60_000);
		await set({ executionLifetimeMs: 500 });
		const { id: workflowId } = await outputOf(start(HAS_STEPS_FOR_THE_PERSON));
		await set({ executionLifetimeMs: 3_600_000 });
		const options = { failWhenRunFails: false };
		expect(await outputOf(workflow('wait', { workflowId, options }))).toMatchObject({
			status: 'EXPIRED',
			outcome: 'failed',
		});
	});
});

it('API Version asks for status, result and case of version 2', async () => {
	const { id: workflowId } = await outputOf(
		workflow('run', { workflowDefinitionId: COMPLETES_SOON, runFor: 'nothing' }),
	);
	await outputOf(workflow('wait', { workflowId, options: { apiVersion: 'v2' } }));
	const { caseId } = await outputOf({
		resource: 'case',
		operation: 'create',
		additionalFields: {},
	});
	const options = { apiVersion: 'v2' };
	await outputOf(workflow('getStatus', { workflowId, options }));
	await outputOf(workflow('getResult', { workflowId, options }));
	await outputOf({ resource: 'case', operation: 'get', caseId, options });
	for (const operationId of ['getWorkflow', 'getWorkflowResult', 'getCase'])
		expect((await calls(operationId)).at(-1)?.accept).toBe('application/json;version=2');
});

it('a token that is rejected on a path of v1 and v2 may not be accepted there at all', async () => {
	const credential = await stage.n8n.createCredential({
		name: 'Token',
		type: 'transactionLinkApi',
		data: {
			authentication: 'organizationToken',
			organizationToken: 'tot_sandbox',
			baseUrl: stage.sandboxUrl,
		},
	});
	const fault = { operationId: 'createCase', kind: 'status', status: 403 };
	await stage.sandbox.control.post('/faults', fault);
	const parameters = { resource: 'case', operation: 'create', additionalFields: {} };
	const error = (await stage.runAction(parameters, credential)).errorOf(ACTION);
	expect(error?.message).toBe('The TransactionLink credential is not allowed to create the case');
	expect(error?.description).toContain(
		'One possible reason: TransactionLink may not accept organization tokens for this call.',
	);
});

describe('what n8n knows of the package', () => {
	const types = async (kind: 'nodes' | 'credentials'): Promise<unknown[]> => {
		const url = `${stage.n8n.url}/types/${kind}.json`;
		const headers = { Cookie: stage.n8n.session.cookie };
		return (await axios.get<unknown[]>(url, { proxy: false, headers })).data;
	};
	const named = async (kind: 'nodes' | 'credentials', name: string) =>
		(await types(kind)).find((type) => at(type, 'name') === name);

	it('is a credential that starts with an organization token', async () => {
		const credential = await named('credentials', 'transactionLinkApi');
		expect(at(credential, 'properties', 0)).toMatchObject({
			default: 'organizationToken',
			options: [
				{ name: 'Organization Token' },
				{ name: 'API Key and Secret (Deprecated by TransactionLink)' },
			],
		});
	});

	it('is hints for its AI, and words to search by', async () => {
		for (const name of [ACTION_NODE, TRIGGER_NODE]) {
			const node = await named('nodes', name);
			expect(at(node, 'builderHint', 'searchHint')).toEqual(expect.any(String));
			expect(at(node, 'codex', 'alias')).toEqual(expect.arrayContaining(['KYC', 'compliance']));
		}
	});
});
