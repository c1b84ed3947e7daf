// In a real n8n, each operation on cases, parameter sets and runs works, in each version of the API.

import { localHttp } from '../../scripts/local-http.mts';
import { DEFINITION_IDS, SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { chain, MANUAL_START } from '../../scripts/n8n/chain.mts';
import { ACTION_NODE, TRIGGER_NODE } from '../../scripts/n8n/workflow.mts';
import { IS_N8N_1 } from './generation.mts';
import { runNodes } from './run-nodes.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const COMPLETES_SOON = DEFINITION_IDS.companyCheck;
const TAKES_A_MINUTE = DEFINITION_IDS.slowCheck;
const HAS_USER_STEPS = DEFINITION_IDS.hostedOnboarding;
const NEEDS_AMOUNT = DEFINITION_IDS.creditCheck;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

async function outputOf(parameters: Record<string, unknown>): Promise<Record<string, unknown>> {
	const execution = await stage.runAction(parameters);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return execution.itemsOf(ACTION)[0]?.json ?? {};
}

const newCase = async () =>
	(
		await outputOf({
			resource: 'case',
			operation: 'create',
			additionalFields: { companyName: 'Nordlys AB' },
		})
	)['caseId'];

describe('the action node, in a real n8n,', () => {
	it('creates and gets a case', async () => {
		const caseId = await newCase();
		expect(await outputOf({ resource: 'case', operation: 'get', caseId })).toMatchObject({
			caseId,
			partyDetails: { business: { companyName: 'Nordlys AB' } },
		});
	});

	it.each([
		['fields', { parametersUi: { values: [{ name: 'amount', type: 'number', value: 1000 }] } }],
		['json', { parametersJson: '{"amount": 1000}' }],
	])(
		'creates a parameter set and runs a workflow with it (%s)',
		async (specifyParameters, values) => {
			const { parametersId } = await outputOf({
				resource: 'parameters',
				operation: 'create',
				workflowDefinitionId: NEEDS_AMOUNT,
				specifyParameters,
				...values,
			});
			const run = await outputOf({
				resource: 'workflow',
				operation: 'run',
				workflowDefinitionId: NEEDS_AMOUNT,
				caseId: await newCase(),
				specifyParameters: 'saved',
				parametersId,
			});
			expect(run).toMatchObject({ id: expect.any(String), status: 'RUNNING' });
		},
	);

	it('runs a workflow with parameters and waits for its completion', async () => {
		const caseId = await newCase();
		const output = await outputOf({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: NEEDS_AMOUNT,
			caseId,
			specifyParameters: 'fields',
			parametersUi: {
				values: [
					{ name: 'amount', type: 'number', value: 1000 },
					{ name: 'isNew', type: 'boolean', value: true },
					{ name: 'tags', type: 'json', value: '["a"]' },
					{ name: 'reference', type: 'string', value: '007' },
				],
			},
			waitForCompletion: true,
		});
		expect(output).toMatchObject({
			caseId,
			status: 'COMPLETED',
			parametersId: expect.any(String),
			result: { caseId },
		});
		const { data: sets } =
			await stage.sandbox.control.get<{ parameters: unknown }[]>('/parameter-sets');
		expect(sets.at(-1)?.parameters).toEqual({
			amount: 1000,
			isNew: true,
			tags: ['a'],
			reference: '007',
		});
	});

	it('gets the status of a run, waits for its completion, and gets its result', async () => {
		const { id: workflowId } = await outputOf({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: COMPLETES_SOON,
			caseId: await newCase(),
		});
		expect(
			await outputOf({ resource: 'workflow', operation: 'getStatus', workflowId }),
		).toMatchObject({ id: workflowId });
		expect(await outputOf({ resource: 'workflow', operation: 'wait', workflowId })).toMatchObject({
			status: 'COMPLETED',
			result: expect.any(Object),
		});
		expect(
			await outputOf({ resource: 'workflow', operation: 'getResult', workflowId }),
		).toMatchObject({ decision: expect.any(String) });
	});
});

describe('the action node, with the newer versions of the API,', () => {
	const table = SAMPLE_TABLE.id;

	it('runs a workflow for a record, and without a subject', async () => {
		const { id: recordId } = await outputOf({
			resource: 'record',
			operation: 'create',
			tableId: table,
			specifyColumns: 'json',
			columnsJson: '{"name": "Nordlys AB"}',
		});
		const forRecord = await outputOf({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: COMPLETES_SOON,
			runFor: 'record',
			recordId,
			waitForCompletion: true,
		});
		expect(forRecord).toMatchObject({ recordId, status: 'COMPLETED', result: expect.any(Object) });
		expect(
			await outputOf({
				resource: 'workflow',
				operation: 'run',
				workflowDefinitionId: COMPLETES_SOON,
				runFor: 'nothing',
			}),
		).toMatchObject({ status: 'RUNNING' });
	});

	it('starts an execution that expires in hours, and one with steps for a user', async () => {
		const background = await outputOf({
			resource: 'workflow',
			operation: 'start',
			workflowDefinitionId: COMPLETES_SOON,
			locale: 'sv-SE',
			expires: 'hours',
			expiresInHours: 2,
			waitForCompletion: true,
		});
		expect(background).toMatchObject({
			status: 'COMPLETED',
			result: expect.any(Object),
			expiresAt: expect.any(String),
		});
		const hosted = await outputOf({
			resource: 'workflow',
			operation: 'start',
			workflowDefinitionId: HAS_USER_STEPS,
			locale: 'en',
		});
		expect(hosted).toMatchObject({ status: 'RUNNING', link: expect.stringMatching(/^http/) });
	});
});

it('n8n shows the fields of an operation before its first run', async () => {
	const preview = async (path: string) =>
		(
			await localHttp.get<{ properties: Record<string, unknown> }>(
				`${stage.n8n.url}/schemas/${path}.json`,
			)
		).data.properties;
	expect(await preview(`${ACTION_NODE}/1.0.0/workflow/run`)).toMatchObject({
		id: { type: 'string' },
		caseId: { type: 'string' },
		result: { type: 'object' },
	});
	for (const version of ['1.0.0', '1.1.0']) {
		expect(await preview(`${TRIGGER_NODE}/${version}`)).toMatchObject({
			eventId: { type: 'string' },
			signature: { type: 'object' },
		});
	}
});

it("the credential authenticates n8n's HTTP Request node", async () => {
	const { id, name } = stage.prepared.transactionLink;
	const request = {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${stage.sandboxUrl}/cases`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'transactionLinkApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{"companyName":"Nordlys AB"}',
			options: {},
		},
		credentials: { transactionLinkApi: { id, name } },
	};
	const workflow = await stage.n8n.importWorkflow(chain('HTTP Request', MANUAL_START, request));
	const execution = await stage.n8n.waitForExecution(
		await stage.n8n.runWorkflow(workflow, 'Start'),
	);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	expect(execution.itemsOf('HTTP Request')[0]?.json).toMatchObject({ caseId: expect.any(String) });
});

describe('the error message', () => {
	it('for a result requested too early contains the status', async () => {
		const { id: workflowId } = await outputOf({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: TAKES_A_MINUTE,
			caseId: await newCase(),
		});
		const execution = await stage.runAction({
			resource: 'workflow',
			operation: 'getResult',
			workflowId,
		});
		expect(execution.status).toBe('error');
		expect(execution.errorOf(ACTION)?.message).toBe(
			'The run has no result yet: its status is RUNNING',
		);
	});

	it('for an unknown case names the operation that returns case IDs', async () => {
		const error = (
			await stage.runAction({ resource: 'case', operation: 'get', caseId: 'nobody' })
		).errorOf(ACTION);
		expect(error?.message).toBe('TransactionLink has no case with this ID');
		expect(error?.description).toMatch(/Case → Create.*Fingerprint/);
	});
});

describe('the action node, given an expression,', () => {
	const createCase = (lastName: string) => ({
		resource: 'case',
		operation: 'create',
		additionalFields: { lastName },
	});
	const saveSet = (parametersJson: string) => ({
		resource: 'parameters',
		operation: 'create',
		workflowDefinitionId: TAKES_A_MINUTE,
		specifyParameters: 'json',
		parametersJson,
	});

	it.each<[string, Record<string, unknown>, RegExp]>([
		['an object inside text', createCase('=X {{ $workflow }}'), /returned no text/],
		['undefined in a template literal', createCase('={{ `${$json.a}` }}'), /returned no text/],
		['an expression in a fixed field', createCase('{{ $json.a }}'), /was not evaluated/],
		['a number with lost digits', createCase('={{ 12345678901234567890 }}'), /lost digits/],
		['a whole item', saveSet('={{ $("Start").item }}'), /whole n8n item/],
		['an unknown option', { ...saveSet('{}'), specifyParameters: '={{ "JSON" }}' }, /not one of/],
		[
			'a value that is not a boolean',
			{ resource: 'workflow', operation: 'getStatus', workflowId: 'a', simplify: '={{ "maybe" }}' },
			/must be true or false/,
		],
	])('rejects %s before any request', async (_, parameters, message) => {
		const before = (await stage.sandbox.control.get<unknown[]>('/calls')).data.length;
		const execution = await runNodes(stage, [{ name: ACTION, parameters }]);
		const error = execution.errorOf(ACTION);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/Nothing was sent to TransactionLink for this item\.$/);
		expect((await stage.sandbox.control.get<unknown[]>('/calls')).data).toHaveLength(before);
	});

	it('reads a Luxon date in the time zone of the workflow', async () => {
		const { expiresAt } = await outputOf({
			resource: 'workflow',
			operation: 'start',
			workflowDefinitionId: TAKES_A_MINUTE,
			locale: 'en',
			expires: 'date',
			expiresAt: '={{ $now.plus({ days: 2 }) }}',
			simplify: false,
		});
		const days = (Date.parse(String(expiresAt)) - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(1.99);
		expect(days).toBeLessThan(2.01);
	});
});

const credentialWith = async (data: Record<string, unknown>) =>
	await stage.n8n.createCredential({
		name: 'Under test',
		type: 'transactionLinkApi',
		data: {
			authentication: 'apiKey',
			apiKey: 'sandbox-key',
			apiSecret: 'sandbox-secret',
			organizationToken: 'tot_sandbox',
			baseUrl: stage.sandboxUrl,
			...data,
		},
	});

describe('the first request of a new credential reports', () => {
	const getUnknownCase = { resource: 'case', operation: 'get', caseId: 'nobody' };
	const messageWith = async (data: Record<string, unknown>) =>
		(await stage.runAction(getUnknownCase, await credentialWith(data))).errorOf(ACTION)?.message;

	it('an unknown case', async () =>
		expect(await messageWith({})).toBe('TransactionLink has no case with this ID'));

	it.each<[string, Record<string, unknown>, RegExp]>([
		[
			'a wrong key',
			{ apiKey: 'wrong' },
			/^TransactionLink did not accept this API key and secret \(invalid_key\)/,
		],
		[
			'a wrong organization token',
			{ authentication: 'organizationToken', organizationToken: 'tot_wrong' },
			/^TransactionLink did not accept the credential/,
		],
		[
			'a base URL without a server',
			{ baseUrl: 'http://127.0.0.1:9' },
			/did not respond to the sign-in/,
		],
	])('%s', async (_, data, message) => expect(await messageWith(data)).toMatch(message));

	it('a renewed token that is rejected as well', async () => {
		await stage.sandbox.control.post('/faults', {
			operationId: 'getCase',
			kind: 'status',
			status: 401,
			times: 10,
		});
		const message = await messageWith({});
		await stage.sandbox.control.delete('/faults');
		expect(message).toMatch(/^TransactionLink did not accept the credential/);
	});
});

describe('the credential test', () => {
	const test = async (data: Record<string, unknown>) => {
		const credential = await credentialWith(data);
		return await stage.n8n.testCredential(await stage.n8n.getCredential(credential.id));
	};

	it.each([
		['an API key and secret', {}],
		['an organization token', { authentication: 'organizationToken' }],
		[
			'a base URL that ends with a slash',
			{
				get baseUrl() {
					return `${stage.sandboxUrl}/`;
				},
			},
		],
	])('accepts %s', async (_, data) => expect(await test(data)).toMatchObject({ status: 'OK' }));

	it.each<[string, Record<string, unknown>, RegExp]>([
		[
			'a wrong key',
			{ apiKey: 'wrong' },
			/^TransactionLink did not accept this API key and secret \(invalid_key\)/,
		],
		[
			'a wrong secret',
			{ apiSecret: 'wrong' },
			/^TransactionLink did not accept this API key and secret \(invalid_secret\)/,
		],
		['a blank secret', { apiSecret: ' ' }, /has no API Secret/],
		// n8n 1 replaces the message of a 401.
		[
			'a wrong organization token',
			{ authentication: 'organizationToken', organizationToken: 'tot_wrong' },
			IS_N8N_1
				? /^Authorization failed/
				: /^TransactionLink did not accept this credential.*organization token/,
		],
		[
			'a base URL that is not https',
			{ baseUrl: 'http://api.example.com' },
			/must start with https/,
		],
		[
			'a base URL that is not https, with an organization token',
			{ authentication: 'organizationToken', baseUrl: 'http://api.example.com' },
			/must start with https/,
		],
		[
			'a base URL without a server',
			{ baseUrl: 'http://127.0.0.1:9' },
			/did not respond to the sign-in/,
		],
	])('rejects %s with the reason', async (_, data, message) => {
		expect(await test(data)).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	it.each([
		['an API key and secret', {}, 'authorize'],
		['an organization token', { authentication: 'organizationToken' }, 'getWorkspaces'],
	])(
		'times out if TransactionLink sends its response to %s byte by byte',
		async (_, data, operationId) => {
			await stage.sandbox.control.post('/faults', { operationId, kind: 'drip', times: 9 });
			const begin = performance.now();
			const outcome = await test(data);
			await stage.sandbox.control.delete('/faults');
			expect(outcome).toMatchObject({ status: 'Error' });
			expect(performance.now() - begin).toBeLessThan(60_000);
		},
	);
});
