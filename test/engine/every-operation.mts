import type { INodeParameters } from 'n8n-workflow';
import { definitions, type Account } from './account.mts';
import { createBinaryItem, type InputItem } from './harness/index.mts';
import { newRecord, TABLE } from './records.mts';

/** An operation of the node, with parameters that the sandbox accepts. */
export interface SampleOperation {
	/** The request that faults affect. */
	operationId: string;
	parameters: INodeParameters;
	/**
	 * What it changes. `changes`: something, but it creates nothing in the lists of the sandbox. `label`: the name of the
	 * ID with which the user can continue.
	 */
	effect: 'none' | 'changes' | { creates: SandboxList; label?: string };
	/** Whether a declared empty body is a success, because the operation has no expected body. */
	mayBeEmpty?: boolean;
}

/** The sandbox's lists of created objects. */
export const SANDBOX_LISTS = [
	'cases',
	'parameter-sets',
	'runs',
	'links',
	'files',
	'records',
	'attachments',
] as const;

type SandboxList = (typeof SANDBOX_LISTS)[number];

/** The objects that the operations refer to. */
export interface SampleIds {
	caseId: string;
	recordId: string;
	attachmentId: string;
	workflowId: string;
}

/** An item with a file in the field `data`, which the uploads need, and the other operations ignore. */
export async function itemWithFile(): Promise<InputItem> {
	const file = { content: Buffer.from('content'), fileName: 'a.txt', mimeType: 'text/plain' };
	return await createBinaryItem('data', file);
}

/** Creates the objects that the operations refer to; the run has completed. */
export async function createObjects(account: Account): Promise<SampleIds> {
	const caseId = await account.newCase();
	const recordId = await newRecord(account);
	const idFrom = async (parameters: INodeParameters): Promise<string> => {
		const { output } = await account.run(parameters, { items: [await itemWithFile()] });
		return String(output[0]?.[0]?.json['id']);
	};
	const workflowDefinitionId = definitions.completesSoon;
	const recordFields = { tableId: TABLE, recordId };
	const attachmentId = await idFrom({
		resource: 'attachment',
		operation: 'upload',
		...recordFields,
	});
	const workflowId = await idFrom({
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId,
		caseId,
	});
	await account.sandbox.control.post(`/runs/${workflowId}/status`, { status: 'COMPLETED' });
	return { caseId, recordId, attachmentId, workflowId };
}

/**
 * Every operation of the node except *Wait for Completion*, which sends the requests of *Get Status* and *Get Result*.
 * Some operations occur twice, with different requests.
 */
export function everyOperation({
	caseId,
	recordId,
	attachmentId,
	workflowId,
}: SampleIds): SampleOperation[] {
	const workflowDefinitionId = definitions.completesSoon;
	const recordFields = { tableId: TABLE, recordId };
	const linkFor = { linkFor: 'case', caseId, workflowDefinitionId };
	return [
		{
			operationId: 'createCase',
			effect: { creates: 'cases', label: 'Case ID' },
			parameters: { resource: 'case', operation: 'create', additionalFields: {} },
		},
		{
			operationId: 'getCase',
			effect: 'none',
			parameters: { resource: 'case', operation: 'get', caseId },
		},
		{
			operationId: 'createCase',
			effect: { creates: 'cases' },
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
			effect: 'none',
			parameters: { resource: 'apiRequest', operation: 'send', path: '/organizations/users' },
		},
		{
			operationId: 'createParameterSet',
			effect: { creates: 'parameter-sets', label: 'Parameter Set ID' },
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
			effect: { creates: 'runs', label: 'Run ID' },
			parameters: { resource: 'workflow', operation: 'run', workflowDefinitionId, caseId },
		},
		{
			operationId: 'startWorkflow',
			effect: { creates: 'runs', label: 'Run ID' },
			parameters: { resource: 'workflow', operation: 'start', workflowDefinitionId, locale: 'en' },
		},
		{
			operationId: 'getWorkflow',
			effect: 'none',
			parameters: { resource: 'workflow', operation: 'getStatus', workflowId },
		},
		{
			operationId: 'getWorkflowResult',
			effect: 'none',
			parameters: { resource: 'workflow', operation: 'getResult', workflowId },
		},
		{
			operationId: 'createLink',
			effect: { creates: 'links' },
			parameters: { resource: 'link', operation: 'create', ...linkFor },
		},
		{
			operationId: 'sendLink',
			effect: { creates: 'links' },
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
			effect: { creates: 'links' },
			parameters: { resource: 'token', operation: 'create', ...linkFor },
		},
		{
			operationId: 'uploadFile',
			effect: { creates: 'files', label: 'Resource ID' },
			parameters: { resource: 'file', operation: 'upload', binaryPropertyName: 'data' },
		},
		{
			operationId: 'createRecord',
			effect: { creates: 'records', label: 'Record ID' },
			parameters: {
				resource: 'record',
				operation: 'create',
				tableId: TABLE,
				specifyColumns: 'json',
				columnsJson: '{"name": "x"}',
			},
		},
		{
			operationId: 'getRecord',
			effect: 'none',
			parameters: { resource: 'record', operation: 'get', ...recordFields },
		},
		{
			operationId: 'uploadAttachment',
			effect: { creates: 'attachments', label: 'Attachment ID' },
			parameters: {
				resource: 'attachment',
				operation: 'upload',
				...recordFields,
				binaryPropertyName: 'data',
			},
		},
		{
			operationId: 'getAttachments',
			effect: 'none',
			parameters: { resource: 'attachment', operation: 'getMany', ...recordFields },
		},
		{
			operationId: 'getAttachment',
			effect: 'none',
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
