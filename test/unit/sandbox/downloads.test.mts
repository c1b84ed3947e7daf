// The sandbox serves attachments from a separate host and logs the requests to it.

import { SAMPLE_TABLE } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import type { SandboxUnderTest } from './process.mts';

let sandbox: SandboxUnderTest;
let attachments = '';

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => {
	await sandbox.control.post('/reset');
	const { id } = (await sandbox.api.post(`/tables/${SAMPLE_TABLE.id}/records`, {})).data;
	attachments = `/tables/${SAMPLE_TABLE.id}/records/${id}/attachments`;
});

/** Bytes that are not valid UTF-8. */
const content = Buffer.from([0, 255, 13, 10, 128, 0]);

async function attach(...tags: string[]): Promise<string> {
	const form = new FormData();
	form.append('file', new Blob([content], { type: 'image/png' }), 'zdjęcie 1.png');
	for (const tag of tags) form.append('tags', tag);
	return (await sandbox.api.post(attachments, form)).data.id;
}

test('an attachment is downloaded unchanged from another host', async () => {
	const { link } = (await sandbox.api.get(`${attachments}/${await attach()}`)).data;
	expect(new URL(link).host).not.toBe(new URL(sandbox.url).host);
	const { status, data, headers } = await sandbox.anonymous.get(link, {
		responseType: 'arraybuffer',
	});
	expect(status).toBe(200);
	expect(Buffer.from(data)).toEqual(content);
	expect(headers['content-type']).toBe('image/png');
	expect(headers['content-disposition']).toBe(
		`attachment; filename*=UTF-8''${encodeURIComponent('zdjęcie 1.png')}`,
	);
});

test('the other host logs the headers of a request', async () => {
	const { link } = (await sandbox.api.get(`${attachments}/${await attach()}`)).data;
	await sandbox.anonymous.get(link);
	await sandbox.api.get(link);
	const { data: requests } = await sandbox.control.get('/downloads');
	expect(
		requests.map(({ headers }: { headers: Record<string, string> }) => headers['authorization']),
	).toEqual([undefined, 'tot_sandbox']);
});

test('a redirect leads to the other host unless the fault contains an address', async () => {
	await sandbox.control.post('/faults', { operationId: 'createCase', kind: 'redirect' });
	const { headers } = await sandbox.api.post('/cases', {});
	expect((await sandbox.anonymous.get(String(headers['location']))).status).toBe(404);
	expect((await sandbox.control.get('/downloads')).data).toMatchObject([
		{ method: 'GET', path: '/redirected' },
	]);
});

test('tags are accepted in one field separated by commas, or in several', async () => {
	await attach('id, front', 'checked');
	expect((await sandbox.api.get(attachments)).data).toMatchObject([
		{ tags: ['id', 'front', 'checked'], size: content.length },
	]);
});

test('a made-up address, or one from before a reset, gets a 404', async () => {
	const { link } = (await sandbox.api.get(`${attachments}/${await attach()}`)).data;
	expect((await sandbox.anonymous.get(new URL('/made-up/file', link).href)).status).toBe(404);
	await sandbox.control.post('/reset');
	expect((await sandbox.anonymous.get(link)).status).toBe(404);
});
