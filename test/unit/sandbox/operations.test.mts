// Each operation of the sandbox responds as the contract defines it.

import { DEFINITION_IDS, SAMPLE_TABLE, SAMPLE_USERS } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import { contractViolations, operationIds } from './contract-responses.mts';
import type { SandboxUnderTest } from './process.mts';

const definition = DEFINITION_IDS.companyCheck;
const unknown = '00000000-0000-4000-8000-000000000000';
const v2 = { Accept: 'application/json;version=2' };
const records = `/tables/${SAMPLE_TABLE.id}/records`;

let sandbox: SandboxUnderTest;
const ids = { caseId: '', recordId: '', attachmentId: '', runId: '', kid: '', refreshToken: '' };

/** A form with a file, or with text instead of a file. */
function form(file: Blob | string): FormData {
	const filled = new FormData();
	if (typeof file === 'string') filled.append('file', file);
	else filled.append('file', file, 'extract.pdf');
	return filled;
}

const pdf = () => form(new Blob(['%PDF'], { type: 'application/pdf' }));

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
	await sandbox.control.patch('/settings', { pace: 0 });
	const { api, anonymous, control } = sandbox;
	ids.caseId = (await api.post('/cases', { email: 'ada@example.com' })).data.caseId;
	ids.recordId = (await api.post(records, { name: 'Ada' })).data.id;
	ids.attachmentId = (await api.post(`${records}/${ids.recordId}/attachments`, pdf())).data.id;
	ids.runId = (
		await api.post('/workflows/run', { caseId: ids.caseId, workflowDefinitionId: definition })
	).data.id;
	ids.kid = (await control.get('/keys')).data.current;
	const authorized = await anonymous.post('/auth/authorize', {
		key: 'sandbox-key',
		secret: 'sandbox-secret',
	});
	ids.refreshToken = authorized.data.refreshToken;
});

interface Expectation {
	method: string;
	path: string;
	body?: unknown;
	headers?: Record<string, string>;
	status: number;
	/** What the body of the response must contain. */
	response: unknown;
}

const get = (path: string, status: number, response: unknown): Expectation => ({
	method: 'GET',
	path,
	status,
	response,
});
const post = (path: string, body: unknown, status: number, response: unknown): Expectation => ({
	method: 'POST',
	path,
	body,
	status,
	response,
});

/** The vendor's error body with one error of this code. */
const errorBody = (code: string) => ({
	fingerprint: expect.stringMatching(/^[0-9a-f-]{36}$/),
	errors: [{ code, message: expect.any(String) }],
});

const text = expect.any(String);

/** Valid and invalid requests of each operation, and their responses. */
const EXPECTATIONS: Record<string, () => Expectation[]> = {
	authorize: () => [
		post('/auth/authorize', { key: 'sandbox-key', secret: 'sandbox-secret' }, 200, {
			accessToken: text,
			refreshToken: text,
		}),
		post('/auth/authorize', { key: 'sandbox-key' }, 400, errorBody('missing_field')),
	],
	refresh: () => [
		post('/auth/refresh', { refreshToken: ids.refreshToken }, 200, {
			accessToken: text,
			expiryDuration: 3_600,
		}),
		post('/auth/refresh', { refreshToken: 5 }, 400, errorBody('invalid_field')),
	],
	getWebhookKey: () => [
		get(
			`/auth/webhooks/key/${ids.kid}?pem=true`,
			200,
			expect.stringMatching(/^-----BEGIN PUBLIC KEY-----/),
		),
		get(
			`/auth/webhooks/key/${ids.kid}?pem=false`,
			200,
			expect.stringMatching(/^MII[A-Za-z0-9+/=]+$/),
		),
		get(`/auth/webhooks/key/${unknown}`, 404, errorBody('key_not_found')),
		get('/auth/webhooks/key/no-uuid', 400, errorBody('invalid_field')),
	],
	getWorkspaces: () => [
		get('/organizations/workspaces', 200, [{ id: text, name: 'Sandbox' }]),
		get('/organizations/workspaces?page=2', 400, errorBody('unknown_field')),
	],
	getUsers: () => [
		get('/organizations/users?page=1&size=2', 200, { number: 1, size: 2, totalPages: 3 }),
		get('/organizations/users?page=first', 400, errorBody('invalid_field')),
	],
	getUser: () => [
		get(`/organizations/users/${SAMPLE_USERS[0]?.id}`, 200, { profile: { name: 'Ada Lind' } }),
		get(`/organizations/users/${unknown}`, 404, errorBody('user_not_found')),
	],
	createCase: () => [
		post('/cases', { firstName: 'Ada', phone: { number: '5' }, companyName: 'Engines' }, 201, {
			caseId: text,
			partyDetails: {
				personal: { firstName: 'Ada', phone: { number: '5' } },
				business: { companyName: 'Engines' },
				documents: [],
			},
		}),
		post('/cases', { phone: { number: 5 } }, 400, errorBody('invalid_field')),
	],
	getCase: () => [
		get(`/cases/${ids.caseId}`, 200, {
			caseId: ids.caseId,
			partyDetails: { personal: { email: 'ada@example.com' } },
		}),
		get(`/cases/${unknown}`, 404, errorBody('case_not_found')),
	],
	createParameterSet: () => [
		post('/parameters', { workflowDefinitionId: definition, parameters: { param0: 0 } }, 201, {
			id: text,
		}),
		post(
			'/parameters',
			{ workflowDefinitionId: unknown, parameters: {} },
			404,
			errorBody('workflow_definition_not_found'),
		),
	],
	runWorkflow: () => [
		post('/workflows/run', { caseId: ids.caseId, workflowDefinitionId: definition }, 200, {
			id: text,
			caseId: ids.caseId,
			status: 'RUNNING',
		}),
		post(
			'/workflows/run',
			{ caseId: unknown, workflowDefinitionId: definition },
			404,
			errorBody('case_not_found'),
		),
		post(
			'/workflows/run',
			{ caseId: ids.caseId, workflowDefinitionId: unknown },
			404,
			errorBody('workflow_definition_not_found'),
		),
		post(
			'/workflows/run',
			{ caseId: ids.caseId, workflowDefinitionId: definition, parametersId: unknown },
			404,
			errorBody('parameter_set_not_found'),
		),
	],
	startWorkflow: () => [
		post(
			'/workflows',
			{ workflowDefinitionId: definition, locale: 'en', parameters: { list: [1, { two: true }] } },
			200,
			{
				id: text,
				status: 'RUNNING',
				parameters: { list: [1, { two: true }] },
				executionType: 'BACKGROUND',
			},
		),
		post(
			'/workflows',
			{ workflowDefinitionId: definition, locale: 'en' },
			400,
			errorBody('missing_field'),
		),
		post(
			'/workflows',
			{ workflowDefinitionId: definition, locale: 'en', parameters: {}, recordId: unknown },
			404,
			errorBody('record_not_found'),
		),
	],
	getWorkflow: () => [
		get(`/workflows/${ids.runId}`, 200, { id: ids.runId, caseId: ids.caseId, status: text }),
		get(`/workflows/${unknown}`, 404, errorBody('workflow_not_found')),
	],
	getWorkflowResult: () => [
		get(`/workflows/${ids.runId}/result`, 200, {
			caseId: ids.caseId,
			decision: 'APPROVED',
			partyDetails: { documents: [] },
		}),
		get(`/workflows/${unknown}/result`, 404, errorBody('workflow_not_found')),
	],
	createLink: () => [
		post('/link', { caseId: ids.caseId, workflowDefinitionId: definition, lang: 'en' }, 201, {
			link: text,
		}),
		post(
			'/link',
			{ caseId: unknown, workflowDefinitionId: definition },
			404,
			errorBody('case_not_found'),
		),
	],
	sendLink: () => [
		post('/link/send', { caseId: ids.caseId, workflowDefinitionId: definition }, 201, {
			link: text,
		}),
		{
			...post(
				'/link/send',
				{ recordId: ids.recordId, workflowDefinitionId: definition },
				400,
				errorBody('missing_field'),
			),
			headers: v2,
		},
	],
	createWidgetToken: () => [
		{
			...post('/token', { recordId: ids.recordId, workflowDefinitionId: definition }, 201, {
				token: text,
				expiryDuration: 3_600,
			}),
			headers: v2,
		},
		{
			...post(
				'/token',
				{ recordId: unknown, workflowDefinitionId: definition },
				404,
				errorBody('record_not_found'),
			),
			headers: v2,
		},
	],
	uploadFile: () => [
		post('/resources', pdf(), 201, {
			resourceId: text,
			resourcePath: text,
			resourceName: 'extract.pdf',
		}),
		post('/resources', form('no file'), 400, errorBody('missing_file')),
	],
	createRecord: () => [
		post(records, { name: 'Ada', score: 5 }, 201, { id: text, version: 1, name: 'Ada', score: 5 }),
		post(`/tables/${unknown}/records`, { name: 'Ada' }, 404, errorBody('table_not_found')),
	],
	getRecord: () => [
		get(`${records}/${ids.recordId}`, 200, { id: ids.recordId, version: 1, name: 'Ada' }),
		get(`${records}/${unknown}`, 404, errorBody('record_not_found')),
	],
	uploadAttachment: () => [
		post(`${records}/${ids.recordId}/attachments`, pdf(), 201, {
			id: text,
			name: 'extract.pdf',
			type: 'application/pdf',
			size: 4,
		}),
		post(`${records}/${ids.recordId}/attachments`, new FormData(), 400, errorBody('missing_field')),
	],
	getAttachments: () => [
		get(
			`${records}/${ids.recordId}/attachments`,
			200,
			expect.arrayContaining([expect.objectContaining({ tags: [] })]),
		),
		get(`${records}/${unknown}/attachments`, 404, errorBody('record_not_found')),
	],
	getAttachment: () => [
		get(`${records}/${ids.recordId}/attachments/${ids.attachmentId}`, 200, { link: text }),
		get(
			`${records}/${ids.recordId}/attachments/${unknown}`,
			404,
			errorBody('attachment_not_found'),
		),
	],
};

test.each(operationIds)(
	'%s: responds to valid and invalid requests as the contract defines it',
	async (operationId) => {
		const expectations = EXPECTATIONS[operationId]?.() ?? [];
		expect(new Set(expectations.map(({ status }) => status < 300))).toEqual(new Set([true, false]));
		for (const { method, path, body, headers, status, response } of expectations) {
			const { status: actualStatus, data } = await sandbox.api.request({
				method,
				url: path,
				data: body,
				headers: headers ?? {},
			});
			expect({ path, status: actualStatus, data }).toMatchObject({ path, status, data: response });
			expect(contractViolations(operationId, status, data)).toEqual([]);
		}
	},
);
