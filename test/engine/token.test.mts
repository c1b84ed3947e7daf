// Widget tokens are created for cases and records, and no message shows one.

import type { INodeParameters } from 'n8n-workflow';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';
import { newRecord } from './records.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const create = (parameters: INodeParameters) => ({
	resource: 'token',
	operation: 'create',
	workflowDefinitionId: definitions.hasStepsForTheUser,
	...parameters,
});

describe('Widget Token → Create', () => {
	it.each([
		['case', 'application/json'],
		['record', 'application/json;version=2'],
	])('returns a token for a %s unchanged', async (linkFor, accept) => {
		const id = linkFor === 'case' ? await account.newCase() : await newRecord(account);
		const { output } = await account.run(create({ linkFor, [`${linkFor}Id`]: id, language: 'sv' }));
		const [request] = await account.requests('createWidgetToken');
		expect(request).toMatchObject({
			accept,
			body: {
				[`${linkFor}Id`]: id,
				workflowDefinitionId: definitions.hasStepsForTheUser,
				lang: 'sv',
			},
		});
		expect(output[0]?.[0]?.json).toEqual({
			token: expect.any(String),
			expiryDuration: 3600,
			tokenType: expect.any(String),
		});
	});

	it.each([
		['a blank case ID', { caseId: ' ' }, 'Case ID is empty'],
		[
			'an invalid language',
			{ caseId: 'c-1', language: '12' },
			'Language is not the code of a language',
		],
	])('rejects %s before any request', async (_, parameters, message) => {
		expect(errorOf(await account.run(create(parameters))).message).toBe(message);
		expect(await account.exchanges()).toBe(0);
	});

	it('reports an unknown record', async () => {
		const { message, description } = errorOf(
			await account.run(create({ linkFor: 'record', recordId: 'unknown' })),
		);
		expect(message).toBe('TransactionLink has no record or workflow definition with this ID');
		expect(description).toContain('The ID in the output of Record → Create');
	});

	it('never shows a token in an error', async () => {
		const caseId = await account.newCase();
		await account.fault({ operationId: 'createWidgetToken', kind: 'malformed', effect: 'after' });
		const { json, message } = errorOf(await account.run(create({ caseId })));
		const { data: created } = await account.sandbox.control.get<{ token: string }[]>('/links');
		expect(message).toContain('the request to create the widget token');
		expect(JSON.stringify(json)).not.toContain(created[0]?.token.slice(0, 8));
	});

	it('reports a created token in the error of a later item, but does not show it', async () => {
		const caseId = await account.newCase();
		await account.fault({
			operationId: 'createWidgetToken',
			kind: 'status',
			status: 400,
			every: 2,
		});
		const { json, description } = errorOf(
			await account.run(create({ caseId, options: { itemsAtOnce: 1 } }), { items: [{}, {}] }),
		);
		const { data: created } = await account.sandbox.control.get<{ token: string }[]>('/links');
		expect(description).toContain('item 0: token created.');
		expect(JSON.stringify(json)).not.toContain(created[0]?.token.slice(0, 8));
	});
});
