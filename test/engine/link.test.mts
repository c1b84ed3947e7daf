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
	workflowDefinitionId: definitions.hasStepsForThePerson,
	...parameters,
});

async function savedSet(): Promise<string> {
	const { output } = await account.run({
		resource: 'parameters',
		operation: 'create',
		workflowDefinitionId: definitions.hasStepsForThePerson,
		specifyParameters: 'json',
		parametersJson: '{"a":1}',
	});
	return String(output[0]?.[0]?.json['parametersId']);
}

async function caseOf(email: string): Promise<string> {
	const { output } = await account.run({
		resource: 'case',
		operation: 'create',
		additionalFields: { email },
	});
	return String(output[0]?.[0]?.json['caseId']);
}

async function invitations(): Promise<
	{ link: string; sentTo: string | null; language: string | null; subject: object; state: string }[]
> {
	return (await account.sandbox.control.get('/links')).data;
}

describe('Link → Create', () => {
	it('requests v1 for a case, and returns the link unchanged', async () => {
		const caseId = await account.newCase();
		const { output } = await account.run(link('create', { linkFor: 'case', caseId }));
		const [call] = await account.calls('createLink');
		expect(call).toMatchObject({
			body: { caseId, workflowDefinitionId: definitions.hasStepsForThePerson },
			accept: 'application/json',
		});
		expect(output[0]?.[0]?.json).toEqual({ link: (await invitations())[0]?.link });
	});

	it('requests v2 for a record', async () => {
		const recordId = await newRecord(account);
		const { output } = await account.run(link('create', { linkFor: 'record', recordId }));
		const [call] = await account.calls('createLink');
		expect(call).toMatchObject({
			body: { recordId, workflowDefinitionId: definitions.hasStepsForThePerson },
			accept: 'application/json;version=2',
		});
		expect(output[0]?.[0]?.json).toEqual({ link: expect.stringMatching(/^http/) });
	});

	it('sends the parameter set and the language if they are given', async () => {
		const [caseId, parametersId] = [await account.newCase(), await savedSet()];
		await account.run(link('create', { caseId, parametersId, language: ' sv ' }));
		const [call] = await account.calls('createLink');
		expect(call?.body).toEqual({
			caseId,
			workflowDefinitionId: definitions.hasStepsForThePerson,
			parametersId,
			lang: 'sv',
		});
	});

	it('creates a new link, which invalidates the previous one', async () => {
		const caseId = await account.newCase();
		await account.run(link('create', { caseId }));
		await account.run(link('create', { caseId }));
		expect((await invitations()).map(({ state }) => state)).toEqual(['void', 'open']);
	});

	it.each([
		['a case of blanks', { caseId: ' ' }, 'Case ID is empty'],
		[
			'no record',
			{ linkFor: 'record', recordId: 'undefined' },
			'Record ID is incomplete: the expression returned no text',
		],
		[
			'a language that is none',
			{ caseId: 'c-1', language: 'Swedish' },
			'Language is not the code of a language',
		],
		[
			'a definition that is none',
			{ caseId: 'c-1', workflowDefinitionId: 'a b' },
			'Workflow Definition ID contains a character that no ID has',
		],
		[
			'a parameter set that is none',
			{ caseId: 'c-1', parametersId: 'a/b' },
			'Parameter Set ID contains a character that no ID has',
		],
		[
			'a choice that is none',
			{ caseId: 'c-1', recordId: 'r-1', linkFor: '={{ "person" }}' },
			'Link For is not one of its choices',
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
			await account.run(link('create', { linkFor, [name]: 'nobody' })),
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
			expect(description).toContain('may have happened');
			const [made] = await invitations();
			expect(JSON.stringify(json)).not.toContain(made?.link.split('/').at(-1));
		},
	);
});

describe('Link → Send', () => {
	it('sends the link to the person of the case', async () => {
		const caseId = await caseOf('nathan@example.com');
		const { output } = await account.run(link('send', { caseId }));
		expect(output[0]?.[0]?.json).toEqual({ link: expect.stringMatching(/^http/) });
		expect(await invitations()).toMatchObject([
			{ sentTo: 'nathan@example.com', subject: { caseId } },
		]);
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
		expect(await invitations()).toMatchObject([
			{ sentTo: 'nathan@example.com', language: 'sv-SE', subject: { recordId } },
		]);
		expect((await account.calls('sendLink'))[0]?.accept).toBe('application/json;version=2');
	});

	it.each([
		['no address', '', 'Email is empty'],
		['an address that is none', 'nathan', 'Email is not an e-mail address'],
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
		const caseId = await caseOf('nathan@example.com');
		const { message } = errorOf(
			await account.run({ ...link('send', { caseId }), workflowDefinitionId: 'nothing' }),
		);
		expect(message).toBe('TransactionLink has no case or workflow definition with this ID');
	});

	it('names the parameter set among the possibly unknown IDs', async () => {
		const caseId = await caseOf('nathan@example.com');
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
