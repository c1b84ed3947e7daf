// Links are created and sent in the version of the API that their subject requires.

import type { INodeParameters } from 'n8n-workflow';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';
import { newRecord } from './records.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const link = (operation: string, parameters: INodeParameters) => ({
	resource: 'link',
	operation,
	workflowDefinitionId: definitions.hasStepsForTheUser,
	...parameters,
});

async function createParameterSet(): Promise<string> {
	const { output } = await account.run({
		resource: 'parameters',
		operation: 'create',
		workflowDefinitionId: definitions.hasStepsForTheUser,
		specifyParameters: 'json',
		parametersJson: '{"a":1}',
	});
	return String(output[0]?.[0]?.json['parametersId']);
}

async function createCaseWith(email: string): Promise<string> {
	const { output } = await account.run({
		resource: 'case',
		operation: 'create',
		additionalFields: { email },
	});
	return String(output[0]?.[0]?.json['caseId']);
}

async function links(): Promise<
	{ link: string; sentTo: string | null; language: string | null; subject: object; state: string }[]
> {
	return (await account.sandbox.control.get('/links')).data;
}

describe('Link → Create', () => {
	it('uses v1 for a case, and returns the link unchanged', async () => {
		const caseId = await account.newCase();
		const { output } = await account.run(link('create', { linkFor: 'case', caseId }));
		const [request] = await account.requests('createLink');
		expect(request).toMatchObject({
			body: { caseId, workflowDefinitionId: definitions.hasStepsForTheUser },
			accept: 'application/json',
		});
		expect(output[0]?.[0]?.json).toEqual({ link: (await links())[0]?.link });
	});

	it('uses v2 for a record', async () => {
		const recordId = await newRecord(account);
		const { output } = await account.run(link('create', { linkFor: 'record', recordId }));
		const [request] = await account.requests('createLink');
		expect(request).toMatchObject({
			body: { recordId, workflowDefinitionId: definitions.hasStepsForTheUser },
			accept: 'application/json;version=2',
		});
		expect(output[0]?.[0]?.json).toEqual({ link: expect.stringMatching(/^http/) });
	});

	it('sends the parameter set and the language if they are given', async () => {
		const [caseId, parametersId] = [await account.newCase(), await createParameterSet()];
		await account.run(link('create', { caseId, parametersId, language: ' sv ' }));
		const [request] = await account.requests('createLink');
		expect(request?.body).toEqual({
			caseId,
			workflowDefinitionId: definitions.hasStepsForTheUser,
			parametersId,
			lang: 'sv',
		});
	});

	it('creates a new link, which invalidates the previous one', async () => {
		const caseId = await account.newCase();
		await account.run(link('create', { caseId }));
		await account.run(link('create', { caseId }));
		expect((await links()).map(({ state }) => state)).toEqual(['void', 'open']);
	});

	it.each([
		['a blank case ID', { caseId: ' ' }, 'Case ID is empty'],
		[
			'the record ID "undefined"',
			{ linkFor: 'record', recordId: 'undefined' },
			'Record ID is incomplete: the expression returned no text',
		],
		[
			'an invalid language',
			{ caseId: 'c-1', language: 'Swedish' },
			'Language is not the code of a language',
		],
		[
			'an invalid definition ID',
			{ caseId: 'c-1', workflowDefinitionId: 'a b' },
			'Workflow Definition ID contains a space',
		],
		[
			'an invalid parameter set ID',
			{ caseId: 'c-1', parametersId: 'a/b' },
			'Parameter Set ID contains a character that no ID has',
		],
		[
			'an unknown choice',
			{ caseId: 'c-1', recordId: 'r-1', linkFor: '={{ "person" }}' },
			'Case or Record is not one of its choices',
		],
	])('rejects %s before any request', async (_, parameters, message) => {
		expect(errorOf(await account.run(link('create', parameters))).message).toContain(message);
		expect(await account.exchanges()).toBe(0);
	});

	it.each([
		['case', 'caseId', '"caseId" in the output of Case → Create'],
		['record', 'recordId', 'The ID in the output of Record → Create'],
	])('reports an unknown %s, and where to find its ID', async (linkFor, name, where) => {
		const { message, description } = errorOf(
			await account.run(link('create', { linkFor, [name]: 'unknown' })),
		);
		expect(message).toBe(`TransactionLink has no ${linkFor} or workflow definition with this ID`);
		expect(description).toContain(where);
	});

	it.each([['malformed'], ['empty'], ['cut']])(
		'never shows a link in an error (%s)',
		async (kind) => {
			const caseId = await account.newCase();
			await account.fault({ operationId: 'createLink', kind, effect: 'after' });
			const { json, description } = errorOf(await account.run(link('create', { caseId })));
			expect(description).toContain('may have succeeded');
			const [created] = await links();
			expect(JSON.stringify(json)).not.toContain(created?.link.split('/').at(-1));
		},
	);
});

describe('Link → Send', () => {
	it('sends the link to the e-mail address of the case', async () => {
		const caseId = await createCaseWith('nathan@example.com');
		const { output } = await account.run(link('send', { caseId }));
		expect(output[0]?.[0]?.json).toEqual({ link: expect.stringMatching(/^http/) });
		expect(await links()).toMatchObject([{ sentTo: 'nathan@example.com', subject: { caseId } }]);
	});

	it('sends the link to an e-mail address for a record', async () => {
		const recordId = await newRecord(account);
		await account.run(
			link('send', {
				linkFor: 'record',
				recordId,
				email: ' nathan@example.com ',
				language: 'sv-SE',
			}),
		);
		expect(await links()).toMatchObject([
			{ sentTo: 'nathan@example.com', language: 'sv-SE', subject: { recordId } },
		]);
		expect((await account.requests('sendLink'))[0]?.accept).toBe('application/json;version=2');
	});

	it.each([
		['an empty address', '', 'Email is empty'],
		['an invalid address', 'nathan', 'Email is not an e-mail address'],
	])('rejects %s before any request', async (_, email, message) => {
		expect(
			errorOf(
				await account.run(
					link('send', { linkFor: 'record', recordId: 'r-1', email: `={{ "${email}" }}` }),
				),
			).message,
		).toBe(message);
		expect(await account.exchanges()).toBe(0);
	});

	it('reports that the case has no e-mail address', async () => {
		const { message } = errorOf(
			await account.run(link('send', { caseId: await account.newCase() })),
		);
		expect(message).toMatch(/^TransactionLink refused to send the link \(/);
	});

	it('reports an unknown definition', async () => {
		const caseId = await createCaseWith('nathan@example.com');
		const { message } = errorOf(
			await account.run({ ...link('send', { caseId }), workflowDefinitionId: 'nothing' }),
		);
		expect(message).toBe('TransactionLink has no case or workflow definition with this ID');
	});

	it('names the parameter set among the possibly unknown IDs', async () => {
		const caseId = await createCaseWith('nathan@example.com');
		const { message } = errorOf(
			await account.run(
				link('send', {
					caseId,
					workflowDefinitionId: definitions.completesSoon,
					parametersId: 'nothing',
				}),
			),
		);
		expect(message).toContain('or parameter set with this ID');
	});
});
