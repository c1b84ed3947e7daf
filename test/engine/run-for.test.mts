// A run for a new case, a record or nothing uses the right version of the API and loses no created ID.

import type { INodeParameters } from 'n8n-workflow';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';
import { newRecord } from './records.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => {
	await account.reset();
	await account.set({ pace: 0.1 });
});

const runFor = (
	subject: string,
	more: INodeParameters = {},
	workflowDefinitionId: string = definitions.completesSoon,
) => ({
	resource: 'workflow',
	operation: 'run',
	workflowDefinitionId,
	runFor: subject,
	...more,
});

const listOf = async (kind: string): Promise<Record<string, unknown>[]> =>
	(await account.sandbox.control.get<Record<string, unknown>[]>(`/${kind}`)).data;

describe('Workflow → Run for a new case', () => {
	const everything = {
		additionalFields: { companyName: '={{ $json.name }}' },
		specifyParameters: 'json',
		parametersJson: '{"amount": 7}',
		waitForCompletion: true,
	};

	it('creates the case, saves the parameters, runs, waits, and returns the result with all IDs', async () => {
		const { output } = await account.run(runFor('newCase', everything, definitions.needsAmount), {
			items: [{ name: 'Nordlys AB' }],
		});
		const [{ caseId } = {}] = await listOf('cases');
		const [{ id: parametersId } = {}] = await listOf('parameter-sets');
		const [{ id } = {}] = await listOf('runs');
		expect(output[0]?.[0]?.json).toMatchObject({
			id,
			caseId,
			parametersId,
			status: 'COMPLETED',
			result: { caseId, partyDetails: { business: { companyName: 'Nordlys AB' } } },
		});
	});

	it.each([
		['the case', 'createCase', ['parametersId']],
		['the run', 'runWorkflow', ['caseId', 'parametersId']],
		['the wait', 'getWorkflow', ['caseId', 'parametersId', 'workflowId']],
		['the result', 'getWorkflowResult', ['caseId', 'parametersId', 'workflowId']],
	])(
		'returns the created IDs when %s fails, in the error and in the output of the failed item',
		async (_, operationId, ids) => {
			const fault = { operationId, kind: 'status', status: 403, times: 1 };
			await account.fault(fault);
			const parameters = runFor('newCase', everything, definitions.needsAmount);
			const items = [{ name: 'Nordlys AB' }];
			const error = errorOf(await account.run(parameters, { items }));
			await account.fault(fault);
			const { output } = await account.run(parameters, { items, onError: 'continueRegularOutput' });
			const shown = error.context['data'];
			expect(Object.keys(shown ?? {}).sort()).toEqual(ids);
			for (const id of Object.values(shown ?? {})) expect(error.description).toContain(id);
			expect(error.description).toMatch(
				operationId === 'createCase' || operationId === 'runWorkflow'
					? /^Already created: .*To continue, set .*, then run this item again[.]<br>/
					: /^Already created: .*this Run ID[.] Running this item again starts a second run[.]<br>/,
			);
			expect(String(output[0]?.[0]?.json['message'])).not.toContain('<br>');
			expect(output[0]?.[0]?.json['details']).toMatchObject(
				Object.fromEntries(ids.map((id) => [id, expect.any(String)])),
			);
		},
	);

	it('leaves no case behind when TransactionLink rejects the parameters', async () => {
		await account.fault({ operationId: 'createParameterSet', kind: 'status', status: 400 });
		const error = errorOf(
			await account.run(runFor('newCase', everything), { items: [{ name: 'x' }] }),
		);
		expect(error.message).toContain('refused to save the parameters');
		expect(await listOf('cases')).toHaveLength(0);
	});

	it('rejects the name of a definition before a case is created for its run', async () => {
		const error = errorOf(
			await account.run(runFor('newCase', everything, 'Credit check'), { items: [{ name: 'x' }] }),
		);
		expect(error.message).toBe('Workflow Definition ID contains a space');
		expect(error.description).toMatch(/^The ID, not the name, in the TransactionLink dashboard/);
		expect(await account.exchanges()).toBe(0);
	});

	it('requires at least one field of the new case, before any request', async () => {
		const error = errorOf(await account.run(runFor('newCase')));
		expect(error.message).toBe('A new case needs at least one field');
		expect(error.description).toMatch(
			/^Fill in a field under Additional Fields, such as Company Name/,
		);
		expect(await account.exchanges()).toBe(0);
	});

	it('shows one hint with the number of items for which each field was empty', async () => {
		const parameters = runFor('newCase', {
			additionalFields: { companyName: '={{ $json.name }}', email: '={{ $json.email }}' },
		});
		const { hints } = await account.run(parameters, {
			items: [{ name: 'Nordlys AB' }, { name: '', email: 'name@example.com' }, { name: 'Ask AS' }],
		});
		expect(hints).toEqual([
			'Email was empty for 2 of 3 items. Company Name was empty for 1 of 3 items.',
		]);
	});

	it('creates nothing when a later field is invalid', async () => {
		await account.run(runFor('newCase', { ...everything, parametersJson: '[' }));
		await account.run(runFor('newCase', { ...everything, maxWaitMinutes: 0 }));
		expect(await account.exchanges()).toBe(0);
	});

	it('continues with the case of a failed item, without a second case', async () => {
		await account.fault({ operationId: 'runWorkflow', kind: 'status', status: 400, times: 1 });
		const first = await account.run(
			runFor('newCase', { additionalFields: { companyName: 'Nordlys AB' } }),
			{ onError: 'continueErrorOutput' },
		);
		const second = await account.run(runFor('case', { caseId: '={{ $json.details.caseId }}' }), {
			items: first.output[1] ?? [],
		});
		const [{ caseId } = {}] = await listOf('cases');
		expect(second.output[0]?.[0]?.json).toMatchObject({ caseId, status: 'RUNNING' });
		expect(await listOf('cases')).toHaveLength(1);
	});
});

describe('Workflow → Run for a record or nothing', () => {
	it('uses v2, and returns the response unchanged', async () => {
		const recordId = await newRecord(account);
		const { output } = await account.run(runFor('record', { recordId, waitForCompletion: true }));
		expect(output[0]?.[0]?.json).toMatchObject({
			recordId,
			status: 'COMPLETED',
			result: expect.any(Object),
		});
		const [request] = await account.requests('runWorkflow');
		expect(request).toMatchObject({
			body: { recordId, workflowDefinitionId: definitions.completesSoon },
			accept: 'application/json;version=2',
			contentType: expect.stringMatching(/^application\/json/),
		});
	});

	it('starts a run without a case or record', async () => {
		const { output } = await account.run(runFor('nothing'));
		expect(output[0]?.[0]?.json).toMatchObject({ status: 'RUNNING' });
		const [request] = await account.requests('runWorkflow');
		expect(request?.body).toEqual({ workflowDefinitionId: definitions.completesSoon });
	});

	it('reports an unknown record', async () => {
		const { message } = errorOf(await account.run(runFor('record', { recordId: 'nothing' })));
		expect(message).toBe('TransactionLink has no workflow definition or record with this ID');
	});

	it('rejects a record ID that is the ID of a case in the item', async () => {
		const caseId = await account.newCase();
		const before = await account.requests('runWorkflow');
		const { message, description } = errorOf(
			await account.run(runFor('record', { recordId: '={{ $json.caseId }}' }), {
				items: [{ caseId }],
			}),
		);
		expect(message).toBe('Record ID is the ID of a case');
		expect(description).toContain('Record → Create');
		expect(await account.requests('runWorkflow')).toHaveLength(before.length);
	});

	it('rejects an unknown choice', async () => {
		expect(
			errorOf(await account.run(runFor('={{ "person" }}', { caseId: 'a', recordId: 'b' }))).message,
		).toBe('Run For is not one of its choices');
	});
});

describe('Workflow → Start Execution', () => {
	const start = (
		more: INodeParameters = {},
		workflowDefinitionId: string = definitions.completesSoon,
	) => ({ resource: 'workflow', operation: 'start', workflowDefinitionId, locale: 'en', ...more });

	it('sends parameters inline with their types, always at least an empty object', async () => {
		await account.run(start());
		await account.run(
			start({
				specifyParameters: 'fields',
				parametersUi: {
					values: [
						{ name: 'amount', type: 'number', value: 7 },
						{ name: 'reference', type: 'string', value: '007' },
					],
				},
			}),
		);
		const [bare, full] = await account.requests('startWorkflow');
		expect(bare?.body).toEqual({
			workflowDefinitionId: definitions.completesSoon,
			locale: 'en',
			parameters: {},
		});
		expect(full?.body).toMatchObject({ parameters: { amount: 7, reference: '007' } });
	});

	it('returns link and token for a definition with steps for the end user', async () => {
		const { output } = await account.run(start({}, definitions.hasStepsForTheUser));
		expect(output[0]?.[0]?.json).toMatchObject({
			id: expect.any(String),
			status: 'RUNNING',
			link: expect.stringMatching(/^http/),
			token: expect.any(String),
		});
	});

	it('does not wait for a run whose link must reach the end user first', async () => {
		const { output, hints } = await account.run(
			start({ waitForCompletion: true, maxWaitMinutes: 60 }, definitions.hasStepsForTheUser),
			{ items: [{}, {}] },
		);
		expect(output[0]?.[0]?.json).toMatchObject({
			status: 'RUNNING',
			link: expect.stringMatching(/^http/),
		});
		expect(hints).toEqual([expect.stringMatching(/^The node did not wait, .* for 2 of 2 items/)]);
	});

	it.each([0.5, 0.5001, 0.51])(
		'accepts an expiry in %d hours, although the request takes time too',
		async (expiresInHours) => {
			const before = Date.now();
			expect((await account.run(start({ expires: 'hours', expiresInHours }))).status).toBe(
				'success',
			);
			const [request] = await account.requests('startWorkflow');
			expect(Date.parse((request?.body as { expiresAt: string }).expiresAt)).toBeGreaterThanOrEqual(
				before + 30.5 * 60_000,
			);
		},
	);

	it('returns the essential fields, or the whole response', async () => {
		const simple = await account.run(start());
		const raw = await account.run(start({ simplify: false }));
		expect(Object.keys(simple.output[0]?.[0]?.json ?? {}).length).toBeLessThanOrEqual(10);
		expect(simple.output[0]?.[0]?.json).toMatchObject({
			id: expect.any(String),
			status: 'RUNNING',
			workflowDefinitionId: definitions.completesSoon,
		});
		expect(simple.output[0]?.[0]?.json).not.toHaveProperty('workspaceId');
		expect(raw.output[0]?.[0]?.json).toMatchObject({
			executionType: expect.any(String),
			workspaceId: expect.any(String),
		});
	});

	it.each(['endpoint', 'field'])(
		'waits, and finds the result in each possible place: %s',
		async (executionResult) => {
			await account.set({ executionResult });
			const { output } = await account.run(start({ waitForCompletion: true }));
			expect(output[0]?.[0]?.json).toMatchObject({
				status: 'COMPLETED',
				result: expect.any(Object),
			});
			const workflowId = String(output[0]?.[0]?.json['id']);
			const again = await account.run({ resource: 'workflow', operation: 'getResult', workflowId });
			expect(again.output[0]?.[0]?.json).toEqual(output[0]?.[0]?.json['result']);
		},
	);

	it("returns no result but the record's ID if the result is in the record", async () => {
		await account.set({ executionResult: 'record' });
		const recordId = await newRecord(account);
		const { output } = await account.run(start({ recordId, waitForCompletion: true }));
		expect(output[0]?.[0]?.json).toMatchObject({ status: 'COMPLETED', result: null });
		const [request] = await account.requests('startWorkflow');
		expect(request?.body).toMatchObject({ recordId });
	});

	it('sends a date unchanged, and hours as a date', async () => {
		const inTwoHours = new Date(Date.now() + 7_200_000).toISOString();
		await account.run(start({ expires: 'date', expiresAt: inTwoHours }));
		await account.run(start({ expires: 'hours', expiresInHours: 2 }));
		const [date, hours] = (await account.requests('startWorkflow')).map(({ body }) =>
			Date.parse((body as { expiresAt: string }).expiresAt),
		);
		expect(date).toBe(Date.parse(inTwoHours));
		expect(Math.abs((hours ?? 0) - Date.parse(inTwoHours))).toBeLessThan(60_000);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'a date in the past',
			{ expires: 'date', expiresAt: '2020-01-01T00:00:00Z' },
			'Expires At is too soon',
		],
		[
			'a date in 29 minutes',
			{ expires: 'date', expiresAt: `={{ $now.plus({ minutes: 29 }).toISO() }}` },
			'Expires At is too soon',
		],
		[
			'a date in 31 days',
			{ expires: 'date', expiresAt: `={{ $now.plus({ days: 31 }).toISO() }}` },
			'Expires At is too far ahead',
		],
		[
			'an invalid date',
			{ expires: 'date', expiresAt: 'tomorrow' },
			'Expires At is not a clear date',
		],
		['an empty date', { expires: 'date', expiresAt: '={{ "" }}' }, 'Expires At is empty'],
		[
			'too few hours',
			{ expires: 'hours', expiresInHours: 0.4 },
			'Expires in Hours must be a number from 0.5 to 720',
		],
		[
			'too many hours',
			{ expires: 'hours', expiresInHours: 721 },
			'Expires in Hours must be a number from 0.5 to 720',
		],
		[
			'invalid hours',
			{ expires: 'hours', expiresInHours: '={{ "many" }}' },
			'Expires in Hours must be a number',
		],
		['an invalid locale', { locale: 'english' }, 'Language is not the code of a language'],
		['an empty locale', { locale: ' ' }, 'Language is empty'],
		[
			'a list as parameters',
			{ specifyParameters: 'json', parametersJson: '[]' },
			'Parameters (JSON) must be an object, not a list',
		],
		['an invalid record ID', { recordId: 'a b' }, 'Record ID contains a space'],
	])('rejects %s before any request', async (_, more, message) => {
		expect(errorOf(await account.run(start(more))).message).toContain(message);
		expect(await account.exchanges()).toBe(0);
	});

	it.each(['en', 'sv-SE', 'zh-Hant-TW', 'de_AT', 'es-419'])(
		'accepts the locale %s',
		async (locale) => {
			expect((await account.run(start({ locale }))).status).toBe('success');
		},
	);
});
