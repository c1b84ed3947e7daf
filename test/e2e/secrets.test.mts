import { filesBelow, holding } from './kept.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const PERSONAL_NUMBER = '19900101-7391';

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
		additionalFields: { personalNumber: PERSONAL_NUMBER },
	};
	const kinds = [
		{ kind: 'status', status: 400 },
		{ kind: 'status', status: 500 },
		{ kind: 'html', status: 502 },
		{ kind: 'cut', effect: 'after' },
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
	await stage.sandbox.control.post('/tokens/revoke');
	expect((await stage.runAction(parameters)).status).toBe('success');
	expect(messages.every((message) => message !== undefined)).toBe(true);
	expect(JSON.stringify(messages)).not.toMatch(
		new RegExp(`${PERSONAL_NUMBER}|Bearer|sandbox-secret`),
	);

	const files = filesBelow(stage.userFolder);
	const logs = files.filter((file) => file.endsWith('.log'));
	expect(logs.length).toBeGreaterThan(0);
	// It was there to be found: n8n keeps what a workflow was set up with.
	expect(holding(PERSONAL_NUMBER, files).length).toBeGreaterThan(0);
	expect(holding(PERSONAL_NUMBER, logs)).toEqual([]);
	expect(holding('sandbox-secret', files)).toEqual([]);
	expect(holding('Bearer ', files)).toEqual([]);
	process.stdout.write(
		`${files.length} files of n8n searched: 0 with a secret, 0 logs with a personal number\n`,
	);
});
