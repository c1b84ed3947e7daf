// In a real n8n, the nodes work with the current API: API requests, outcomes, API versions, expiry, tokens.

import { localHttp } from '../../scripts/local-http.mts';
import { DEFINITION_IDS, SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { at } from '../../scripts/json.mts';
import { ACTION_NODE, TRIGGER_NODE } from '../../scripts/n8n/workflow.mts';
import { runNodes } from './run-nodes.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const COMPLETES_SOON = DEFINITION_IDS.companyCheck;
const FAILS = DEFINITION_IDS.failingCheck;
const HAS_USER_STEPS = DEFINITION_IDS.hostedOnboarding;
const TABLE = SAMPLE_TABLE.id;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
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

const send = (method: string, path: string, fields: Json = {}) => ({
	resource: 'apiRequest',
	operation: 'send',
	method,
	path,
	...fields,
});
const workflow = (operation: string, fields: Json) => ({
	resource: 'workflow',
	operation,
	...fields,
});
const requestsTo = async (operationId: string) =>
	(
		await stage.sandbox.control.get<{ path: string; accept: string; body: unknown }[]>('/calls', {
			params: { operationId },
		})
	).data;
const changeSettings = async (settings: Json) =>
	await stage.sandbox.control.patch('/settings', settings);

describe('API Request → Send', () => {
	it('finds a user, and creates a record that is assigned to the user', async () => {
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

	it('returns at most Limit users', async () => {
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

describe('the outcome of a run', () => {
	const start = (workflowDefinitionId: string, fields: Json = {}) =>
		workflow('start', { workflowDefinitionId, locale: 'en', ...fields });
	const run = (workflowDefinitionId: string, fields: Json = {}) =>
		workflow('run', { workflowDefinitionId, runFor: 'nothing', ...fields });

	it('is in the output of each run operation, with the run ID', async () => {
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
		const execution = await outputOf(start(HAS_USER_STEPS));
		expect(execution).toMatchObject({ workflowId: execution['id'], outcome: 'pending' });
	});

	it.each([
		['Run', run(FAILS, { waitForCompletion: true })],
		['Start Execution', start(FAILS, { waitForCompletion: true })],
	])(
		'lets the next node find failed runs, if %s is set not to fail on them',
		async (_, parameters) => {
			const execution = await runNodes(stage, [
				{ name: ACTION, parameters: { ...parameters, options: { failWhenRunFails: false } } },
				{
					name: 'Filter',
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
			expect(execution.itemsOf('Filter')[0]?.json).toMatchObject({
				status: 'FAILED',
				result: null,
			});
			const failing = (await stage.runAction(parameters)).errorOf(ACTION);
			expect(failing?.message).toBe('The run ended without success: its status is FAILED');
		},
	);

	it('is failed for an expired execution, which by default expires an hour after its start', async () => {
		const { expiresAt } = await outputOf(start(COMPLETES_SOON));
		const ahead = Date.parse(String(expiresAt)) - Date.now();
		expect(ahead).toBeGreaterThan(58 * 60_000);
		expect(ahead).toBeLessThanOrEqual(60 * 60_000);
		await changeSettings({ executionLifetimeMs: 500 });
		const { id: workflowId } = await outputOf(start(HAS_USER_STEPS));
		await changeSettings({ executionLifetimeMs: 3_600_000 });
		const options = { failWhenRunFails: false };
		expect(await outputOf(workflow('wait', { workflowId, options }))).toMatchObject({
			status: 'EXPIRED',
			outcome: 'failed',
		});
	});
});

it('API Version requests the status, the result and the case in version 2', async () => {
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
		expect((await requestsTo(operationId)).at(-1)?.accept).toBe('application/json;version=2');
});

it('the error for a 403 mentions that TransactionLink may not accept organization tokens', async () => {
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

describe('the types that n8n loads from the package', () => {
	const types = async (kind: 'nodes' | 'credentials'): Promise<unknown[]> => {
		const url = `${stage.n8n.url}/types/${kind}.json`;
		const headers = { Cookie: stage.n8n.cookie };
		return (await localHttp.get<unknown[]>(url, { headers })).data;
	};
	const findType = async (kind: 'nodes' | 'credentials', name: string) =>
		(await types(kind)).find((type) => at(type, 'name') === name);

	it('include a credential that defaults to an organization token', async () => {
		const credential = await findType('credentials', 'transactionLinkApi');
		expect(at(credential, 'properties', 0)).toMatchObject({
			default: 'organizationToken',
			options: [
				{ name: 'Organization Token' },
				{ name: 'API Key and Secret (Deprecated by TransactionLink)' },
			],
		});
	});

	it("include hints for n8n's AI, and search terms", async () => {
		for (const name of [ACTION_NODE, TRIGGER_NODE]) {
			const node = await findType('nodes', name);
			expect(at(node, 'builderHint', 'searchHint')).toEqual(expect.any(String));
			expect(at(node, 'codex', 'alias')).toEqual(expect.arrayContaining(['KYC', 'compliance']));
		}
	});
});
