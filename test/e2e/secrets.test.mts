// No log, message or execution of a real n8n contains a secret, and no log or message personal data.

import { readFileSync } from 'node:fs';
import { filesBelow, holding } from './kept.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const PERSONAL_NUMBER = '19900101-7391';
const EMAIL = 'nathan-7391@example.com';
const FIRST_NAME = 'Nathaniel-7391';
const PERSONAL = [PERSONAL_NUMBER, PERSONAL_NUMBER.replace('-', ''), EMAIL, FIRST_NAME];

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

it('secrets are found nowhere, and a personal number in no log and no message', async () => {
	const parameters = {
		resource: 'case',
		operation: 'create',
		additionalFields: { personalNumber: PERSONAL_NUMBER, email: EMAIL, firstName: FIRST_NAME },
	};
	const kinds = [
		{ kind: 'status', status: 400 },
		{ kind: 'status', status: 500 },
		{ kind: 'html', status: 502 },
		{ kind: 'echo' },
		{ kind: 'echo', status: 500 },
		{ kind: 'cut', effect: 'after' },
		{ kind: 'cutBody', effect: 'after', shape: 'gzip' },
		{ kind: 'malformed', effect: 'after' },
		{ kind: 'redirect' },
		{ kind: 'status', status: 403 },
	];
	const messages: unknown[] = [];
	expect((await stage.runAction(parameters)).status).toBe('success');
	for (const fault of kinds) {
		await stage.sandbox.control.post('/faults', { operationId: 'createCase', ...fault });
		messages.push((await stage.runAction(parameters)).errorOf(ACTION));
	}
	// A sign-in whose secret is repeated.
	await stage.sandbox.control.post('/tokens/revoke');
	await stage.sandbox.control.post('/faults', { operationId: 'authorize', kind: 'echo' });
	messages.push((await stage.runAction(parameters)).errorOf(ACTION));
	expect((await stage.runAction(parameters)).status).toBe('success');
	expect(messages.every((message) => message !== undefined)).toBe(true);
	const told = JSON.stringify(messages);
	expect(told).toContain('[hidden]');
	for (const value of [...PERSONAL, 'sandbox-secret']) expect(told).not.toContain(value);

	const files = filesBelow(stage.userFolder);
	const logs = files.filter((file) => file.endsWith('.log'));
	// n8n writes the messages of failed nodes into both.
	expect(logs.some((file) => file.endsWith('n8nEventLog.log'))).toBe(true);
	expect(holding('TransactionLink refused to create the case', logs).length).toBeGreaterThan(0);
	// It was there to be found: n8n keeps what a workflow was set up with.
	expect(holding(PERSONAL_NUMBER, files).length).toBeGreaterThan(0);
	for (const value of PERSONAL) expect(holding(value, logs)).toEqual([]);
	expect(holding('sandbox-secret', files)).toEqual([]);
	const hasToken = (file: string): boolean => /Bearer [\w-]{20}/.test(readFileSync(file, 'latin1'));
	expect(files.filter(hasToken)).toEqual([]);
	process.stdout.write(
		`${files.length} files of n8n searched: 0 with a secret, 0 logs with a personal number\n`,
	);
});
