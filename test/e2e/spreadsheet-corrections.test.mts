// The spreadsheet-corrections example gives each row one case and one run, also when executions are retried.

import type { Execution } from '../../scripts/n8n/execution.mts';
import { withCredentials, type StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { IS_N8N_1 } from './generation.mts';
import { renameColumn, sendWebhooksTo, tableRows } from './runs.mts';
import { readExcel, type Row, writeCsv, writeExcel } from './spreadsheets.mts';
import { openStage, type Stage } from './stage.mts';

const NAMES = [
	'Nordlys AB',
	'Zażółć gęślą sp. z o.o.',
	'株式会社ノルデン',
	'Łódź, "Textile" & Söhne',
	'مؤسسة الشمال',
	'=1+1 Ltd',
	'Αθηνά ΑΕ',
	"O'Brien; Sons",
	'Ð Ørsted 🏢',
	'Nathan\u2019s',
];

let stage: Stage;
let workflow: StoredWorkflow;
beforeAll(async () => {
	stage = await openStage();
	const { transactionLink, mail } = stage.prepared;
	const references = {
		transactionLinkApi: { id: transactionLink.id, name: transactionLink.name },
		smtp: { id: mail.id, name: mail.name },
	};
	workflow = await stage.n8n.importWorkflow(
		withCredentials(stage.example('spreadsheet-corrections'), references),
	);
	await stage.n8n.activateWorkflow(workflow);
	await sendWebhooksTo(stage, null);
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

interface Case {
	caseId: string;
	partyDetails: { business: { companyName?: string; companyNumber?: string } };
}

const cases = async () => (await stage.sandbox.control.get<Case[]>('/cases')).data;
const runs = async () =>
	(
		await stage.sandbox.control.get<
			{ id: string; subject: { caseId: string }; parameters: { amount: unknown } }[]
		>('/runs')
	).data;
const injectFault = async (fault: object) => {
	expect((await stage.sandbox.control.post('/faults', fault)).status).toBe(201);
};
const reasons = (rows: Row[], index: number) =>
	rows
		.filter((row) => row['Amount'] === 1000 + index || row['Amount'] === `${1000 + index}`)
		.map((row) => row['Reason']);

function companies(count: number, from: number): Row[] {
	return Array.from({ length: count }, (_, index) => ({
		'Company Name': `${String(NAMES[index % NAMES.length])} ${from + index}`,
		'Company Number': `000${1000 + from + index}`,
		Email: `office${from + index}@example.com`,
		Amount: `${1000 + from + index}`,
	}));
}

/** Uploads a file through the form, and waits for the execution to end. */
async function upload(name: string, content: Buffer): Promise<Execution> {
	const before = Math.max(
		0,
		...(await stage.n8n.listExecutions(workflow.id)).map(({ id }) => Number(id)),
	);
	const form = workflow.nodes.find(({ name: node }) => node === 'Upload Form');
	await fillInForm(`${stage.n8n.url}/form/${String(form?.webhookId)}`, {
		Spreadsheet: new File([new Uint8Array(content)], name),
	});
	return await stage.n8n.waitForExecutionOf(workflow.id, ({ id }) => Number(id) > before);
}

/** Uploads a file and expects success. Returns the rows that come back by e-mail, if any. */
async function uploadRows(name: string, content: Buffer): Promise<Row[]> {
	const { messages } = stage.mailServer;
	const before = messages.length;
	const execution = await upload(name, content);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	expect(messages.length - before).toBeLessThanOrEqual(1);
	const [file] = messages[before]?.attachments ?? [];
	return file === undefined ? [] : await readExcel(stage, file.content);
}

it(
	'returns invalid and failed rows of a file with 20 rows, and creates no second case when they ' +
		'run again',
	async () => {
		const rows = companies(20, 0).map((row, index) => ({
			...row,
			...(index === 5 ? { Amount: 'a lot' } : {}),
			...(index === 9 ? { 'Company Number': '' } : {}),
		}));
		await injectFault({ operationId: 'createCase', kind: 'cut', effect: 'after' });
		await injectFault({ operationId: 'runWorkflow', kind: 'status', status: 400 });
		const failed = await uploadRows('Företag.csv', writeCsv(rows));

		expect(failed).toHaveLength(4);
		expect(stage.mailServer.messages.at(-1)).toMatchObject({
			subject: '4 of 20 rows did not run: Företag.csv',
			to: 'responsible@example.com',
			attachments: [{ name: 'rows-to-run-again.xlsx' }],
		});
		expect(failed.find((row) => row['Amount'] === 'a lot')).toMatchObject({
			...rows[5],
			'Case ID': '',
			'Look First': '',
			Reason: expect.stringContaining('Parameter 1: Value must be a number, not text'),
		});
		expect(failed.find((row) => row['Company Number'] === '')).toMatchObject({
			...rows[9],
			Reason: 'The Company Number is empty.',
		});
		const uncertain = failed.filter((row) => row['Look First'] === 'yes');
		expect(uncertain).toMatchObject([
			{ 'Case ID': '', Reason: expect.stringContaining('check the TransactionLink dashboard') },
		]);
		const withCase = failed.filter((row) => row['Case ID'] !== '');
		expect(withCase).toMatchObject([
			{
				'Look First': '',
				Reason: expect.stringContaining('TransactionLink refused to run the workflow'),
			},
		]);
		expect([(await cases()).length, (await runs()).length]).toEqual([18, 16]);

		// Uploaded again without changes, only the row with a case ID runs.
		const [attachment] = stage.mailServer.messages.at(-1)?.attachments ?? [];
		const again = await uploadRows('rows-to-run-again.xlsx', attachment?.content ?? Buffer.of());
		expect(again.map((row) => row['Company Name']).sort()).toEqual(
			failed
				.filter((row) => row !== withCase[0])
				.map((row) => row['Company Name'])
				.sort(),
		);
		expect(again.find((row) => row['Look First'] === 'yes')?.['Reason']).toMatch(
			/^The case may exist already: /,
		);
		expect([(await cases()).length, (await runs()).length]).toEqual([18, 17]);

		// Uploaded again with the corrections that the e-mail describes, all rows run.
		const existing = await cases();
		const corrected = again.map((row) => {
			const found =
				row['Look First'] === 'yes'
					? existing.find(
							({ partyDetails }) => partyDetails.business.companyNumber === row['Company Number'],
						)
					: undefined;
			const index = Number(/\d+$/.exec(String(row['Company Name']))?.[0]);
			return {
				...row,
				'Case ID': found?.caseId ?? '',
				'Look First': '',
				Amount: `${1000 + index}`,
				'Company Number': `000${1000 + index}`,
			};
		});
		expect(await uploadRows('corrected.xlsx', await writeExcel(stage, corrected))).toEqual([]);
		await expectEveryRowOnce(companies(20, 0));
	},
);

async function expectEveryRowOnce(rows: Row[]): Promise<void> {
	const [created, started] = [await cases(), await runs()];
	const rowsRun = started.map(({ subject: { caseId }, parameters: { amount } }) => {
		const business = created.find((candidate) => candidate.caseId === caseId)?.partyDetails
			.business;
		return [business?.companyName, business?.companyNumber, amount];
	});
	expect(created).toHaveLength(rows.length);
	expect(rowsRun.sort()).toEqual(
		rows.map((row) => [row['Company Name'], row['Company Number'], Number(row['Amount'])]).sort(),
	);
	expect(
		(await tableRows(stage))
			.map(({ workflowId, caseId, reported }) => [workflowId, caseId, reported])
			.sort(),
	).toEqual(started.map(({ id, subject }) => [id, subject.caseId, null]).sort());
}

it(
	'returns a row whose company number is in a numeric cell of an Excel file, again and again ' +
		'until it is text',
	async () => {
		const before = (await cases()).length;
		const [row] = companies(1, 40);
		const failed = await uploadRows(
			'numbers.xlsx',
			await writeExcel(stage, [
				{ ...row, 'Company Number': 1040 },
				{ ...row, Amount: 1041 },
			]),
		);
		expect(reasons(failed, 40)).toEqual([expect.stringContaining('leading zeros are lost')]);
		expect(failed).toHaveLength(1);
		const [attachment] = stage.mailServer.messages.at(-1)?.attachments ?? [];
		expect(reasons(await uploadRows('again.xlsx', attachment?.content ?? Buffer.of()), 40)).toEqual(
			[expect.stringContaining('leading zeros are lost')],
		);
		expect(
			(await cases()).slice(before).map(({ partyDetails }) => partyDetails.business.companyNumber),
		).toEqual(['0001040']);
	},
);

it("returns the file's own columns named error, message and details unchanged", async () => {
	const own = { error: 'own one', message: 'own two', details: 'own three' };
	const [good, bad] = companies(2, 50).map((row) => ({ ...row, ...own }));
	const failed = await uploadRows(
		'own-columns.csv',
		writeCsv([{ ...good }, { ...bad, Amount: 'a lot' }, { ...good, 'Company Number': '' }]),
	);
	expect(failed).toMatchObject([
		{ ...own, Reason: expect.stringContaining('Value must be a number') },
		{ ...own, Reason: 'The Company Number is empty.' },
	]);
});

it('a retry sends an e-mail that could not be sent, and runs no row again', async () => {
	const {
		n8n,
		prepared: { mail },
		mailServer,
	} = stage;
	const { name, type, data = {} } = await n8n.getCredential(mail.id);
	await n8n.updateCredential(mail.id, {
		name,
		type,
		data: { ...data, port: await chooseFreePort() },
	});
	const rows = companies(3, 60).map((row, index) =>
		index === 1 ? { ...row, Amount: 'a lot' } : row,
	);
	const { id, status } = await upload('late.csv', writeCsv(rows));
	expect(status).toBe('error');
	const before = [(await cases()).length, (await runs()).length];

	await n8n.updateCredential(mail.id, { name, type, data });
	await n8n.request('POST', `/executions/${id}/retry`, { loadWorkflow: true });
	const { attachments } = await mailServer.waitForMessage(
		({ subject }) => subject === '1 of 3 rows did not run: late.csv',
	);
	expect(await readExcel(stage, attachments[0]?.content ?? Buffer.of())).toMatchObject([
		rows[1] ?? {},
	]);
	expect([(await cases()).length, (await runs()).length]).toEqual(before);
});

// n8n 1 has no endpoint that renames a column.
if (!IS_N8N_1)
	it(
		'a retry saves runs that could not be saved, runs no row again, and returns the rows that ' +
			'did not run',
		async () => {
			const rows = companies(3, 80).map((row, index) =>
				index === 1 ? { ...row, Amount: 'a lot' } : row,
			);
			await renameColumn(stage, 'caseId', 'renamed');
			const { id, error } = await upload('unsaved.csv', writeCsv(rows));
			expect(error).toMatch(/caseId/);
			const before = [(await cases()).length, (await runs()).length];

			await renameColumn(stage, 'renamed', 'caseId');
			await stage.n8n.request('POST', `/executions/${id}/retry`, { loadWorkflow: true });
			await stage.mailServer.waitForMessage(
				({ subject }) => subject === '1 of 3 rows did not run: unsaved.csv',
			);
			const started = (await runs())
				.slice(-2)
				.map(({ id: runId }) => runId)
				.sort();
			expect(
				(await tableRows(stage))
					.slice(-2)
					.map(({ workflowId }) => workflowId)
					.sort(),
			).toEqual(started);
			expect([(await cases()).length, (await runs()).length]).toEqual(before);
		},
	);
