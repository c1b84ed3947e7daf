// The sandbox distinguishes the versions of the API as TransactionLink does.

import { DEFINITION_IDS, SAMPLE_TABLE } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import type { SandboxUnderTest } from './process.mts';

const workflowDefinitionId = DEFINITION_IDS.slowCheck;

let sandbox: SandboxUnderTest;
let caseId = '';
let recordId = '';

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
	caseId = (await sandbox.api.post('/cases', { email: 'ada@example.com' })).data.caseId;
	recordId = (await sandbox.api.post(`/tables/${SAMPLE_TABLE.id}/records`, {})).data.id;
});

const accepting = (accept: string) => ({ headers: { Accept: accept } });
const v1 = accepting('application/json');
const v2 = accepting('application/json;version=2');

test.each([
	['application/json', 'v1'],
	['application/json;version=1', 'v1'],
	['*/*', 'v1'],
	['application/json;version=2', 'v2'],
	['application/json; version=2', 'v2'],
	['application/json;version=2, */*', 'v2'],
	['application/json;version=20', 'v1'],
])('Accept: %s requests %s', async (accept, apiVersion) => {
	const body =
		apiVersion === 'v1' ? { caseId, workflowDefinitionId } : { recordId, workflowDefinitionId };
	const { status, data } = await sandbox.api.post('/workflows/run', body, accepting(accept));
	expect(status).toBe(200);
	expect(data).toEqual({
		id: expect.any(String),
		...(apiVersion === 'v1' ? { caseId } : { recordId }),
		status: 'RUNNING',
	});
	const { data: requests } = await sandbox.control.get('/calls?operationId=runWorkflow');
	expect(requests.at(-1)).toMatchObject({ apiVersion, accept });
});

test.each(['/workflows/run', '/link', '/link/send', '/token'])(
	'%s: each version rejects the body of the other',
	async (path) => {
		const forCase = { caseId, workflowDefinitionId };
		const forRecord = {
			recordId,
			workflowDefinitionId,
			...(path === '/link/send' ? { email: 'ada@example.com' } : {}),
		};
		expect((await sandbox.api.post(path, forCase, v1)).status).toBeLessThan(300);
		expect((await sandbox.api.post(path, forRecord, v2)).status).toBeLessThan(300);
		const recordInV1 = await sandbox.api.post(path, forRecord, v1);
		const caseInV2 = await sandbox.api.post(path, forCase, v2);
		expect([recordInV1.status, caseInV2.status]).toEqual([400, 400]);
		expect(recordInV1.data.errors).toContainEqual({
			code: 'missing_field',
			message: 'caseId is missing.',
		});
		expect(recordInV1.data.errors).toContainEqual({
			code: 'unknown_field',
			message: 'recordId is not known here.',
		});
		expect(caseInV2.data.errors).toContainEqual({
			code: 'unknown_field',
			message: 'caseId is not known here.',
		});
	},
);

test('v2 runs a definition without a record, v1 does not without a case', async () => {
	const inV2 = await sandbox.api.post('/workflows/run', { workflowDefinitionId }, v2);
	expect(inV2.data).toEqual({ id: expect.any(String), status: 'RUNNING' });
	expect((await sandbox.api.post('/workflows/run', { workflowDefinitionId }, v1)).status).toBe(400);
});

test('requests of v3 are recognized by their path', async () => {
	await sandbox.api.post('/workflows', { workflowDefinitionId, locale: 'en', parameters: {} });
	const { data: requests } = await sandbox.control.get('/calls?operationId=startWorkflow');
	expect(requests.at(-1)).toMatchObject({ apiVersion: 'v3', status: 200 });
});
