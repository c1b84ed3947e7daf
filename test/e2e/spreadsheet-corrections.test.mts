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
}, 300_000);
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
const order = async (fault: object) => {
	expect((await stage.sandbox.control.post('/faults', fault)).status).toBe(201);
};
const reasons = (rows: Row[], place: number) =>
	rows
		.filter((row) => row['Amount'] === 1000 + place || row['Amount'] === `${1000 + place}`)
		.map((row) => row['Reason']);

function companies(count: number, from: number): Row[] {
	return Array.from({ length: count }, (_, index) => ({
		'Company Name': `${String(NAMES[index % NAMES.length])} ${from + index}`,
		'Company Number': `000${1000 + from + index}`,
		Email: `office${from + index}@example.com`,
		Amount: `${1000 + from + index}`,
	}));
}

/** Uploads a file as a person does, and waits until it was worked through. */
async function upload(name: string, content: Buffer): Promise<Execution> {
	const before = Math.max(
		0,
		...(await stage.n8n.listExecutions(workflow.id)).map(({ id }) => Number(id)),
	);
	const form = workflow.nodes.find(({ name: node }) => node === 'Upload Form');
	await fillInForm(`${stage.n8n.url}/form/${String(form?.webhookId)}`, {
		Spreadsheet: new File([new Uint8Array(content)], name),
	});
	return await stage.n8n.waitForExecutionOf(workflow.id, ({ id }) => Number(id) > before, 60_000);
}

/** The same, and answers what came back by e-mail; nothing when no row did. */
async function uploaded(name: string, content: Buffer): Promise<Row[]> {
	const { messages } = stage.mailServer;
	const before = messages.length;
	const execution = await upload(name, content);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	expect(messages.length - before).toBeLessThanOrEqual(1);
	const [file] = messages[before]?.attachments ?? [];
	return file === undefined ? [] : await readExcel(stage, file.content);
}

it(
	'20 rows: bad ones and those that struck trouble come back, and make no second case when ' +
		'they run again',
	async () => {
		const rows = companies(20, 0).map((row, place) => ({
			...row,
			...(place === 5 ? { Amount: 'a lot' } : {}),
			...(place === 9 ? { 'Company Number': '' } : {}),
		}));
		await order({ operationId: 'createCase', kind: 'cut', effect: 'after' });
		await order({ operationId: 'runWorkflow', kind: 'status', status: 400 });
		const failed = await uploaded('Företag.csv', writeCsv(rows));

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
		const lost = failed.filter((row) => row['Look First'] === 'yes');
		expect(lost).toMatchObject([
			{ 'Case ID': '', Reason: expect.stringContaining('check the TransactionLink dashboard') },
		]);
		const half = failed.filter((row) => row['Case ID'] !== '');
		expect(half).toMatchObject([
			{
				'Look First': '',
				Reason: expect.stringContaining('TransactionLink refused to run the workflow'),
			},
		]);
		expect([(await cases()).length, (await runs()).length]).toEqual([18, 16]);

		// A user who changes nothing and uploads it again: only the row whose case is known can go on.
		const [attachment] = stage.mailServer.messages.at(-1)?.attachments ?? [];
		const again = await uploaded('rows-to-run-again.xlsx', attachment?.content ?? Buffer.of());
		expect(again.map((row) => row['Company Name']).sort()).toEqual(
			failed
				.filter((row) => row !== half[0])
				.map((row) => row['Company Name'])
				.sort(),
		);
		expect(again.find((row) => row['Look First'] === 'yes')?.['Reason']).toMatch(
			/^The case may exist already: /,
		);
		expect([(await cases()).length, (await runs()).length]).toEqual([18, 17]);

		// A user who does what the e-mail says.
		const there = await cases();
		const corrected = again.map((row) => {
			const found =
				row['Look First'] === 'yes'
					? there.find(
							({ partyDetails }) => partyDetails.business.companyNumber === row['Company Number'],
						)
					: undefined;
			const place = Number(/\d+$/.exec(String(row['Company Name']))?.[0]);
			return {
				...row,
				'Case ID': found?.caseId ?? '',
				'Look First': '',
				Amount: `${1000 + place}`,
				'Company Number': `000${1000 + place}`,
			};
		});
		expect(await uploaded('corrected.xlsx', await writeExcel(stage, corrected))).toEqual([]);
		await everyRowOnce(companies(20, 0));
	},
);

async function everyRowOnce(rows: Row[]): Promise<void> {
	const [there, started] = [await cases(), await runs()];
	const seen = started.map(({ subject: { caseId }, parameters: { amount } }) => {
		const business = there.find((one) => one.caseId === caseId)?.partyDetails.business;
		return [business?.companyName, business?.companyNumber, amount];
	});
	expect(there).toHaveLength(rows.length);
	expect(seen.sort()).toEqual(
		rows.map((row) => [row['Company Name'], row['Company Number'], Number(row['Amount'])]).sort(),
	);
	expect(
		(await tableRows(stage))
			.map(({ workflowId, caseId, reported }) => [workflowId, caseId, reported])
			.sort(),
	).toEqual(started.map(({ id, subject }) => [id, subject.caseId, null]).sort());
}

it(
	'a company number that an Excel file holds as a number comes back, and goes on coming ' +
		'back until it is a text',
	async () => {
		const before = (await cases()).length;
		const [row] = companies(1, 40);
		const failed = await uploaded(
			'numbers.xlsx',
			await writeExcel(stage, [
				{ ...row, 'Company Number': 1040 },
				{ ...row, Amount: 1041 },
			]),
		);
		expect(reasons(failed, 40)).toEqual([expect.stringContaining('leading zeros are lost')]);
		expect(failed).toHaveLength(1);
		const [attachment] = stage.mailServer.messages.at(-1)?.attachments ?? [];
		expect(reasons(await uploaded('again.xlsx', attachment?.content ?? Buffer.of()), 40)).toEqual([
			expect.stringContaining('leading zeros are lost'),
		]);
		expect(
			(await cases()).slice(before).map(({ partyDetails }) => partyDetails.business.companyNumber),
		).toEqual(['0001040']);
	},
);

it("the sheet's own columns named error, message and details come back unchanged", async () => {
	const own = { error: 'own one', message: 'own two', details: 'own three' };
	const [good, bad] = companies(2, 50).map((row) => ({ ...row, ...own }));
	const failed = await uploaded(
		'own-columns.csv',
		writeCsv([{ ...good }, { ...bad, Amount: 'a lot' }, { ...good, 'Company Number': '' }]),
	);
	expect(failed).toMatchObject([
		{ ...own, Reason: expect.stringContaining('Value must be a number') },
		{ ...own, Reason: 'The Company Number is empty.' },
	]);
});

it('an e-mail that could not be sent is sent by a retry, which runs no row again', async () => {
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
	const rows = companies(3, 60).map((row, place) =>
		place === 1 ? { ...row, Amount: 'a lot' } : row,
	);
	const { id, status } = await upload('late.csv', writeCsv(rows));
	expect(status).toBe('error');
	const before = [(await cases()).length, (await runs()).length];

	await n8n.updateCredential(mail.id, { name, type, data });
	await n8n.session.call('POST', `/executions/${id}/retry`, { loadWorkflow: true });
	const { attachments } = await mailServer.waitForMessage(
		({ subject }) => subject === '1 of 3 rows did not run: late.csv',
		30_000,
	);
	expect(await readExcel(stage, attachments[0]?.content ?? Buffer.of())).toMatchObject([
		rows[1] ?? {},
	]);
	expect([(await cases()).length, (await runs()).length]).toEqual(before);
});

// n8n 1 has no call that renames a column.
if (!IS_N8N_1)
	it(
		'runs that could not be noted are noted by a retry, which runs no row again and sends ' +
			'back what did not run',
		async () => {
			const rows = companies(3, 80).map((row, place) =>
				place === 1 ? { ...row, Amount: 'a lot' } : row,
			);
			await renameColumn(stage, 'caseId', 'renamed');
			const { id, error } = await upload('unnoted.csv', writeCsv(rows));
			expect(error).toMatch(/caseId/);
			const before = [(await cases()).length, (await runs()).length];

			await renameColumn(stage, 'renamed', 'caseId');
			await stage.n8n.session.call('POST', `/executions/${id}/retry`, { loadWorkflow: true });
			await stage.mailServer.waitForMessage(
				({ subject }) => subject === '1 of 3 rows did not run: unnoted.csv',
				30_000,
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
