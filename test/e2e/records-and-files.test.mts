// In a real n8n, each operation on links, tokens, files, records and attachments works.

import { DEFINITION_IDS, SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { runNodes, type Step } from './run-nodes.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const TABLE = SAMPLE_TABLE.id;
const HOSTED = DEFINITION_IDS.hostedOnboarding;
const TEXT = 'A scanned passport: pässport';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

function expectSuccess(execution: Execution): Execution {
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return execution;
}

async function outputOf(parameters: Record<string, unknown>): Promise<Record<string, unknown>> {
	const execution = expectSuccess(await stage.runAction(parameters));
	return execution.itemsOf(ACTION)[0]?.json ?? {};
}

/** Steps that create a text file and pass it to the action node, and further steps. */
const fileThen = (parameters: Record<string, unknown>, ...further: Step[]): Step[] => [
	{
		name: 'Text',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return [{ json: { text: ${JSON.stringify(TEXT)} } }];` },
	},
	{
		name: 'File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: {
			operation: 'toText',
			sourceProperty: 'text',
			binaryPropertyName: 'scan',
			options: { fileName: 'passport.txt' },
		},
	},
	{ name: ACTION, parameters: { ...parameters, binaryPropertyName: 'scan' } },
	...further,
];

const newCase = async () =>
	(
		await outputOf({
			resource: 'case',
			operation: 'create',
			additionalFields: { email: 'nathan@example.com' },
		})
	)['caseId'];
const newRecord = async () =>
	(
		await outputOf({
			resource: 'record',
			operation: 'create',
			tableId: TABLE,
			specifyColumns: 'json',
			columnsJson: '{"companyName": "Nordlys AB"}',
		})
	)['id'];

const createdLinks = async () =>
	(
		await stage.sandbox.control.get<{ link: string; token: string; sentTo: string | null }[]>(
			'/links',
		)
	).data;

describe('the action node, in a real n8n,', () => {
	it.each(['case', 'record'])('creates a link for a %s', async (linkFor) => {
		const output = await outputOf({
			resource: 'link',
			operation: 'create',
			linkFor,
			caseId: await newCase(),
			recordId: await newRecord(),
			workflowDefinitionId: HOSTED,
			language: 'sv',
		});
		expect(output).toEqual({ link: (await createdLinks()).at(-1)?.link });
	});

	it.each([
		['case', 'nathan@example.com'],
		['record', 'nora@example.com'],
	])('sends a link for a %s', async (linkFor, sentTo) => {
		const output = await outputOf({
			resource: 'link',
			operation: 'send',
			linkFor,
			caseId: await newCase(),
			recordId: await newRecord(),
			workflowDefinitionId: HOSTED,
			email: 'nora@example.com',
		});
		expect((await createdLinks()).at(-1)).toMatchObject({ link: output['link'], sentTo });
	});

	it.each(['case', 'record'])('creates a widget token for a %s', async (linkFor) => {
		const output = await outputOf({
			resource: 'token',
			operation: 'create',
			linkFor,
			caseId: await newCase(),
			recordId: await newRecord(),
			workflowDefinitionId: HOSTED,
		});
		expect(output).toEqual({
			token: (await createdLinks()).at(-1)?.token,
			expiryDuration: 3600,
			tokenType: expect.any(String),
		});
	});

	it('uploads a file and creates a case with it', async () => {
		const execution = expectSuccess(
			await runNodes(
				stage,
				fileThen(
					{ resource: 'file', operation: 'upload' },
					{
						name: 'Case',
						parameters: {
							resource: 'case',
							operation: 'create',
							additionalFields: { documentsJson: '={{ $json }}' },
						},
					},
				),
			),
		);
		const file = execution.itemsOf(ACTION)[0]?.json;
		expect(file).toEqual({
			resourceId: expect.any(String),
			resourceName: 'passport.txt',
			resourcePath: expect.any(String),
		});
		const { data: files } =
			await stage.sandbox.control.get<{ resourceId: string; size: number }[]>('/files');
		expect(files.at(-1)).toMatchObject({
			resourceId: file?.['resourceId'],
			size: Buffer.byteLength(TEXT),
		});
		expect(execution.itemsOf('Case')[0]?.json).toMatchObject({
			partyDetails: { documents: [file] },
		});
	});

	it('creates a record from fields and gets it', async () => {
		const { id: recordId } = await outputOf({
			resource: 'record',
			operation: 'create',
			tableId: TABLE,
			specifyColumns: 'fields',
			columnsUi: {
				values: [
					{ name: 'companyNumber', type: 'string', value: '0055' },
					{ name: 'employees', type: 'number', value: 12 },
					{ name: 'active', type: 'boolean', value: true },
					{ name: 'tags', type: 'json', value: '["a"]' },
				],
			},
		});
		expect(
			await outputOf({ resource: 'record', operation: 'get', tableId: TABLE, recordId }),
		).toMatchObject({
			id: recordId,
			version: 1,
			companyNumber: '0055',
			employees: 12,
			active: true,
			tags: ['a'],
		});
	});

	it('uploads an attachment, lists it and downloads it', async () => {
		const recordId = await newRecord();
		const record = { resource: 'attachment', tableId: TABLE, recordId };
		const upload = expectSuccess(
			await runNodes(stage, fileThen({ ...record, operation: 'upload', tags: 'passport, front' })),
		);
		const { id: attachmentId } = upload.itemsOf(ACTION)[0]?.json ?? {};
		const listed = {
			id: attachmentId,
			recordId,
			name: 'passport.txt',
			type: 'text/plain',
			size: Buffer.byteLength(TEXT),
			tags: ['passport', 'front'],
		};
		expect(await outputOf({ ...record, operation: 'getMany' })).toMatchObject(listed);

		const download = expectSuccess(
			await runNodes(stage, [
				{
					name: ACTION,
					parameters: { ...record, operation: 'get', attachmentId, binaryPropertyName: 'copy' },
				},
				{
					name: 'Text',
					type: 'n8n-nodes-base.extractFromFile',
					typeVersion: 1,
					parameters: { operation: 'text', binaryPropertyName: 'copy', options: {} },
				},
			]),
		);
		expect(download.itemsOf(ACTION)[0]).toMatchObject({
			json: listed,
			binary: { copy: { fileName: 'passport.txt', mimeType: 'text/plain' } },
		});
		expect(download.itemsOf('Text')[0]?.json).toMatchObject({ data: TEXT });
		const { data: downloads } =
			await stage.sandbox.control.get<{ headers: Record<string, string> }[]>('/downloads');
		expect(downloads).toHaveLength(1);
		expect(JSON.stringify(downloads)).not.toMatch(/authorization|bearer/i);
	});
});

describe('the error message', () => {
	it('names a binary field without a file', async () => {
		const execution = await runNodes(stage, [
			{
				name: ACTION,
				parameters: { resource: 'file', operation: 'upload', binaryPropertyName: 'scan' },
			},
		]);
		expect(execution.errorOf(ACTION)?.message).toBe(
			'Input Binary Field names a file that the item does not have',
		);
	});

	it('for an unknown attachment names the operation that lists attachments', async () => {
		const recordId = await newRecord();
		const error = (
			await stage.runAction({
				resource: 'attachment',
				operation: 'get',
				tableId: TABLE,
				recordId,
				attachmentId: 'nothing',
			})
		).errorOf(ACTION);
		expect(error?.message).toContain(
			'TransactionLink has no attachment, record or table with this ID',
		);
		expect(error?.description).toMatch(/Attachment → Get Many.*Fingerprint/);
	});
});
