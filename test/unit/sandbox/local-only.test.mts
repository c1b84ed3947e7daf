// Only programs on this machine can reach the sandbox, but no website in a browser.

import { localHttp } from '../../../scripts/local-http.mts';
import { sandboxUnderTest } from './process.mts';
import type { SandboxUnderTest } from './process.mts';

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});

const PATHS = [
	'/',
	'/_sandbox/page/script.js',
	'/_sandbox/settings',
	'/_sandbox/events',
	'/_sandbox/forms/rotate',
	'/onboarding/a-token',
	'/auth/webhooks/key/a-key',
	'/no-such-path',
];
const FOREIGN = [
	'rebound.example',
	'rebound.example:4010',
	'127.0.0.1.rebound.example',
	'localhost.rebound.example:4010',
	'127.0.0.1@rebound.example',
	'127.0.0.2',
	'localhost.',
	'[::2]:4010',
	'127.0.0.1:4010:4010',
];

test.each(PATHS)('rejects every foreign Host at %s', async (path) => {
	for (const Host of FOREIGN) {
		const { status } = await sandbox.anonymous.get(path, { headers: { Host } });
		expect([Host, status]).toEqual([Host, 403]);
	}
});

test('a rejected request has no effect, whatever its Origin', async () => {
	const Host = 'rebound.example:4010';
	const before = (await sandbox.control.get('/settings')).data;
	for (const headers of [{ Host }, { Host, Origin: `http://${Host}` }]) {
		expect((await sandbox.control.patch('/settings', { delayMs: 5 }, { headers })).status).toBe(
			403,
		);
		expect((await sandbox.api.post('/cases', {}, { headers })).status).toBe(403);
	}
	expect((await sandbox.control.get('/settings')).data).toEqual(before);
	expect((await sandbox.control.get('/cases')).data).toEqual([]);
});

test.each(['127.0.0.1', 'localhost:4010', 'LOCALHOST', '[::1]', '[::1]:4010'])(
	'responds to the Host %s',
	async (Host) => {
		expect((await sandbox.anonymous.get('/', { headers: { Host } })).status).toBe(200);
	},
);

test('the host of the downloads also rejects foreign names', async () => {
	const form = new FormData();
	form.append('file', new Blob(['abc']), 'a.txt');
	const table = '/tables/77777777-7777-4777-8777-777777777777/records';
	const { id } = (await sandbox.api.post(table, {})).data;
	const attached = (await sandbox.api.post(`${table}/${id}/attachments`, form)).data;
	const { link } = (await sandbox.api.get(`${table}/${id}/attachments/${attached.id}`)).data;
	const download = (headers: Record<string, string>) =>
		localHttp.get(link, { headers, validateStatus: () => true });
	expect((await download({})).status).toBe(200);
	expect((await download({ Host: 'rebound.example' })).status).toBe(403);
});

test('rejects requests from the page of another site', async () => {
	const from = (Origin: string) => sandbox.control.post('/reset', {}, { headers: { Origin } });
	expect((await from('https://elsewhere.example')).status).toBe(403);
	expect((await from('null')).status).toBe(403);
	expect((await from(sandbox.url)).status).toBe(200);
});
