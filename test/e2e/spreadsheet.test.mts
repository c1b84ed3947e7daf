// The spreadsheet example runs each row of a CSV file once, and returns failed rows with instructions.

import { readFileSync } from 'node:fs';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { publishExample } from './example.mts';
import { sendWebhooksTo } from './runs.mts';
import { type Row, writeCsv } from './spreadsheets.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
let workflow: StoredWorkflow;
beforeAll(async () => {
	stage = await openStage();
	await sendWebhooksTo(stage, null);
	workflow = await publishExample(stage, 'spreadsheet');
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

/** Uploads a file through the form. Returns the file that comes back by e-mail. */
async function upload(name: string, content: Buffer, subject: string): Promise<string> {
	const form = workflow.nodes.find((node) => node.name === 'Upload Form');
	await fillInForm(`${stage.n8n.url}/form/${String(form?.webhookId)}`, {
		Spreadsheet: new File([new Uint8Array(content)], name),
	});
	const { attachments } = await stage.mailServer.waitForMessage(
		(message) => message.subject === `${subject} rows did not run: ${name}`,
	);
	expect(attachments.map((file) => file.name)).toEqual(['rows-to-correct.csv']);
	return String(attachments[0]?.content);
}

const count = async (path: string): Promise<number> =>
	(await stage.sandbox.control.get<unknown[]>(path)).data.length;
const counts = async (): Promise<number[]> => [await count('/cases'), await count('/runs')];

async function injectFault(fault: object): Promise<void> {
	await stage.sandbox.control.post('/faults', { times: 1, ...fault });
}

const company = (index: number): Row => ({
	'Company Name': `Company ${index}`,
	'Company Number': `000${index}`,
	Email: `office${index}@example.com`,
	Amount: `${index}000`,
});

it('keeps the leading zeros of the sample file, and returns the row with an invalid amount', async () => {
	const returned = await upload('companies.csv', readFileSync('workflows/companies.csv'), '1 of 5');
	expect(returned).toMatch(/株式会社ノルデン,"?0000888002"?,.*must be a number/s);
	expect(await counts()).toEqual([4, 4]);
	const { data: cases } = await stage.sandbox.control.get<unknown[]>('/cases');
	expect(JSON.stringify(cases)).toContain('"0000123456"');
});

it('reports which row has a case already, and which row may have one', async () => {
	await injectFault({ operationId: 'createCase', kind: 'cut', effect: 'after' });
	await injectFault({ operationId: 'runWorkflow', kind: 'status', status: 400 });
	const returned = await upload('trouble.csv', writeCsv([1, 2, 3].map(company)), '2 of 3');
	expect(returned).toMatch(/Case [\w-]+ exists: do not upload this row again\./);
	expect(returned).toMatch(
		/Look in the TransactionLink dashboard before you upload this row again\./,
	);
	expect(await counts()).toEqual([7, 5]);
});

it("returns the file's own columns named error, message and details unchanged", async () => {
	const own = { error: 'own one', message: 'own two', details: 'own three' };
	const row = { ...company(4), ...own, Amount: 'a lot' };
	const returned = await upload('own-columns.csv', writeCsv([row]), '1 of 1');
	expect(returned).toMatch(/own one,own two,own three,.*must be a number/s);
});

it('creates no case from a file that separates its columns with semicolons', async () => {
	const before = await counts();
	const content = writeCsv([1, 2].map(company)).toString().replaceAll('"', '').replaceAll(',', ';');
	await upload('semicolons.csv', Buffer.from(content), '2 of 2');
	expect(await counts()).toEqual(before);
});
