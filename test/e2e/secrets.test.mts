// In a real n8n, no file and no error contains a secret, and no log and no error contains personal data.

import { readFileSync } from 'node:fs';
import { filesBelow, filesContaining } from './n8n-data.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const PERSONAL_NUMBER = '19900101-7391';
const EMAIL = 'nathan-7391@example.com';
const FIRST_NAME = 'Nathaniel-7391';
const PERSONAL = [PERSONAL_NUMBER, PERSONAL_NUMBER.replace('-', ''), EMAIL, FIRST_NAME];

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

it('writes no secret to a file or an error, and no personal data to a log or an error', async () => {
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
	const errors: unknown[] = [];
	expect((await stage.runAction(parameters)).status).toBe('success');
	for (const fault of kinds) {
		await stage.sandbox.control.post('/faults', { operationId: 'createCase', ...fault });
		errors.push((await stage.runAction(parameters)).errorOf(ACTION));
	}
	// A response that repeats the secret of the sign-in.
	await stage.sandbox.control.post('/tokens/revoke');
	await stage.sandbox.control.post('/faults', { operationId: 'authorize', kind: 'echo' });
	errors.push((await stage.runAction(parameters)).errorOf(ACTION));
	expect((await stage.runAction(parameters)).status).toBe('success');
	expect(errors.every((error) => error !== undefined)).toBe(true);
	const errorTexts = JSON.stringify(errors);
	expect(errorTexts).toContain('[hidden]');
	for (const value of [...PERSONAL, 'sandbox-secret']) expect(errorTexts).not.toContain(value);

	const files = filesBelow(stage.userFolder);
	const logs = files.filter((file) => file.endsWith('.log'));
	// n8n logs the errors of failed nodes.
	expect(logs.some((file) => file.endsWith('n8nEventLog.log'))).toBe(true);
	expect(
		filesContaining('TransactionLink refused to create the case', logs).length,
	).toBeGreaterThan(0);
	// The search works: n8n saves the parameters of a workflow in its database.
	expect(filesContaining(PERSONAL_NUMBER, files).length).toBeGreaterThan(0);
	for (const value of PERSONAL) expect(filesContaining(value, logs)).toEqual([]);
	expect(filesContaining('sandbox-secret', files)).toEqual([]);
	const hasToken = (file: string): boolean => /Bearer [\w-]{20}/.test(readFileSync(file, 'latin1'));
	expect(files.filter(hasToken)).toEqual([]);
	process.stdout.write(
		`${files.length} files of n8n searched: 0 with a secret, 0 logs with a personal number\n`,
	);
});
