// Files are uploaded unchanged, from memory and from disk, and again after a rejected token.

import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { BinaryDataService } from 'n8n-core';
import { openAccount, type Account } from './account.mts';
import {
	createBinaryItem,
	errorOf,
	startLocalServer,
	useBinaryData,
	type BinaryDataMode,
} from './harness/index.mts';
import { close, listen, readBody } from './harness/local-server.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const MEGABYTE = 1024 * 1024;
/** Without backpressure, reading does not pause for this long, even on a busy machine. */
const QUIET_MILLISECONDS = 500;
const upload = { resource: 'file', operation: 'upload', binaryPropertyName: 'data' };
const pdf = (content: Buffer) => ({
	content,
	fileName: 'pässport "1".pdf',
	mimeType: 'application/pdf',
});
const organizationToken = { authentication: 'organizationToken', organizationToken: 'tot_sandbox' };
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.each<BinaryDataMode>(['memory', 'filesystem'])(
	'File → Upload, with files stored in %s',
	(mode) => {
		beforeAll(async () => await useBinaryData(mode));
		afterAll(async () => await useBinaryData('memory'));

		it('returns the fields of a document, and keeps name, type and size', async () => {
			const item = await createBinaryItem('data', pdf(Buffer.from('%PDF-1.7')));
			const { output } = await account.run(upload, { items: [item] });
			const [request] = await account.requests('uploadFile');
			expect(request?.body).toEqual({
				file: { file: 'pässport "1".pdf', type: 'application/pdf', size: 8 },
			});
			expect(request?.contentType).toMatch(/^multipart\/form-data; boundary=/);
			expect(output[0]?.[0]?.json).toEqual({
				resourceId: expect.any(String),
				resourcePath: expect.any(String),
				resourceName: 'pässport "1".pdf',
			});
		});

		it('uploads 20 MB unchanged', async () => {
			const content = randomBytes(20 * MEGABYTE);
			const arrived: string[] = [];
			const server = await startLocalServer(async ({ body, headers }) => {
				const form = await new Response(Buffer.from(body), {
					headers: { 'content-type': String(headers['content-type']) },
				}).formData();
				const file = form.get('file');
				if (file instanceof File)
					arrived.push(
						digest(new Uint8Array(await file.arrayBuffer())),
						String(headers['content-length']),
					);
				return { status: 201, body: { resourceId: 'r-1' } };
			});
			const credential = account.credential({ ...organizationToken, baseUrl: server.url });
			const { status } = await account.run(upload, {
				credential,
				items: [await createBinaryItem('data', pdf(content))],
			});
			const length = String(server.requests[0]?.body.length);
			await server.close();
			expect(status).toBe('success');
			expect(arrived).toEqual([digest(content), length]);
		});

		it.each<[string, () => Promise<void>, number]>([
			['a first token', async () => undefined, 1],
			[
				'a revoked token',
				async () => {
					await account.sandbox.control.post('/tokens/revoke');
				},
				2,
			],
		])('uploads one file once with %s', async (_, before, exchanges) => {
			const credential = account.credential();
			if (exchanges > 1)
				await account.run(
					{ resource: 'case', operation: 'create', additionalFields: {} },
					{ credential },
				);
			await before();
			const { status } = await account.run(upload, {
				credential,
				items: [await createBinaryItem('data', pdf(randomBytes(MEGABYTE)))],
			});
			const { data: files } = await account.sandbox.control.get<{ size: number }[]>('/files');
			expect(status).toBe('success');
			expect(files.map(({ size }) => size)).toEqual([MEGABYTE]);
			expect(await account.exchanges()).toBe(exchanges);
		});

		it('is retried after a 429, because it did not happen', async () => {
			await account.fault({
				operationId: 'uploadFile',
				kind: 'status',
				status: 429,
				headers: { 'retry-after': '0' },
			});
			const { status } = await account.run(upload, {
				items: [await createBinaryItem('data', pdf(randomBytes(MEGABYTE)))],
			});
			const { data: files } = await account.sandbox.control.get<{ size: number }[]>('/files');
			expect(status).toBe('success');
			expect(files.map(({ size }) => size)).toEqual([MEGABYTE]);
		});

		it('sends many files at the same time after the token was revoked, each once', async () => {
			const credential = account.credential();
			await account.run(
				{ resource: 'case', operation: 'create', additionalFields: {} },
				{ credential },
			);
			await account.sandbox.control.post('/tokens/revoke');
			const sizes = Array.from({ length: 20 }, (_, index) => 1000 + index);
			const items = await Promise.all(
				sizes.map(async (size) => await createBinaryItem('data', pdf(randomBytes(size)))),
			);
			const { status } = await account.run(upload, { credential, items });
			const { data: files } = await account.sandbox.control.get<{ size: number }[]>('/files');
			expect(status).toBe('success');
			expect(files.map(({ size }) => size).sort()).toEqual(sizes);
			expect(await account.exchanges()).toBe(2);
		});

		it('rejects an empty file before any request', async () => {
			const error = errorOf(
				await account.run(upload, {
					items: [await createBinaryItem('data', pdf(Buffer.alloc(0)))],
				}),
			);
			expect(error.message).toBe('Input Binary Field names an empty file');
			expect(error.description).toContain('Nothing was sent');
			expect(await account.exchanges()).toBe(0);
		});
	},
);

describe('File → Upload', () => {
	it.each([
		[
			'a field that the item does not have',
			'scan',
			'Input Binary Field names a file that the item does not have',
		],
		['an empty field name', '  ', 'Input Binary Field is empty'],
	])('rejects %s before any request', async (_, binaryPropertyName, message) => {
		const error = errorOf(
			await account.run(
				{ ...upload, binaryPropertyName },
				{ items: [await createBinaryItem('data', pdf(Buffer.from('x')))] },
			),
		);
		expect(error.message).toBe(message);
		expect(error.context['itemIndex']).toBe(0);
		expect(await account.exchanges()).toBe(0);
	});

	it('rejects an item without a file', async () => {
		const error = errorOf(await account.run(upload));
		expect(error.message).toBe('Input Binary Field names a file that the item does not have');
	});

	it('reports that an upload may have happened after a closed connection, and does not retry it', async () => {
		await account.fault({ operationId: 'uploadFile', kind: 'cut', effect: 'after' });
		const { message, description, json } = errorOf(
			await account.run(upload, {
				items: [await createBinaryItem('data', pdf(Buffer.from('private')))],
			}),
		);
		expect(message).toBe('TransactionLink did not respond when asked to take the file');
		expect(description).toContain('may have succeeded');
		expect(JSON.stringify(json)).not.toMatch(/private|Bearer/);
		expect(await account.requests('uploadFile')).toHaveLength(1);
	});

	it("reports TransactionLink's reason for a rejected file", async () => {
		await account.fault({
			operationId: 'uploadFile',
			kind: 'status',
			status: 415,
			body: { fingerprint: 'fp-1', errors: [{ code: 'type', message: 'No such files.' }] },
		});
		const { message, description } = errorOf(
			await account.run(upload, { items: [await createBinaryItem('data', pdf(Buffer.from('x')))] }),
		);
		expect(message).toBe('TransactionLink refused to take the file (type)');
		expect(description).toContain('fp-1');
	});

	it('returns output that a new case accepts as a document', async () => {
		const { output } = await account.run(upload, {
			items: [await createBinaryItem('data', pdf(Buffer.from('x')))],
		});
		const file = output[0]?.[0]?.json;
		await account.run(
			{
				resource: 'case',
				operation: 'create',
				additionalFields: { documentsJson: '={{ $json }}' },
			},
			{ items: [{ ...file }] },
		);
		const [request] = await account.requests('createCase');
		expect(request?.body).toEqual({ documents: [file] });
	});
});

describe('a file on disk', () => {
	const startServer = async (
		respond: (request: IncomingMessage, response: ServerResponse) => unknown,
	) => {
		const server = createServer((request, response) => {
			void respond(request, response);
		});
		return {
			url: await listen(server),
			close: async () => {
				await close(server);
			},
		};
	};
	beforeAll(async () => await useBinaryData('filesystem'));
	afterAll(async () => await useBinaryData('memory'));
	afterEach(() => jest.restoreAllMocks());

	it('is read no faster than it is sent, and closed when the user cancels', async () => {
		const getAsStream = jest.spyOn(BinaryDataService.prototype, 'getAsStream');
		// Reads the beginning of a request, and then stops.
		const { url: baseUrl, close: stop } = await startServer((request) => request.pause());
		const size = 64 * MEGABYTE;
		const items = [await createBinaryItem('data', pdf(Buffer.alloc(size, 1)))];
		const run = account.start(upload, {
			credential: account.credential({ ...organizationToken, baseUrl }),
			items,
		});
		const source = async () =>
			(await getAsStream.mock.results[0]?.value) as
				| { bytesRead: number; destroyed: boolean }
				| undefined;
		// Wait until reading pauses, because the buffers of the sockets are full.
		let read = 0;
		for (let since = Date.now(); Date.now() - since < QUIET_MILLISECONDS; ) {
			await pause(10);
			const bytesRead = (await source())?.bytesRead ?? 0;
			if (bytesRead === 0 || bytesRead !== read) since = Date.now();
			read = bytesRead;
		}
		expect(read).toBeLessThan(size / 2);
		run.cancel();
		expect((await run.finished).status).toBe('canceled');
		await stop();
		expect((await source())?.destroyed).toBe(true);
	});

	it('is sent again from its start when the token is rejected during the upload', async () => {
		const content = randomBytes(20 * MEGABYTE);
		let attempts = 0;
		const { url: baseUrl, close: stop } = await startServer(async (request, response) => {
			const send = (status: number, body: object) =>
				response
					.writeHead(status, { 'content-type': 'application/json' })
					.end(JSON.stringify(body));
			if (request.url === '/auth/authorize') return send(200, { accessToken: 'token' });
			if (request.url === '/cases') return send(201, { caseId: 'c-1' });
			attempts += 1;
			if (attempts === 1) return send(401, {});
			return send(201, { resourceId: 'r-1', whole: (await readBody(request)).includes(content) });
		});
		const credential = account.credential({ baseUrl });
		await account.run(
			{ resource: 'case', operation: 'create', additionalFields: {} },
			{ credential },
		);
		const { output } = await account.run(upload, {
			credential,
			items: [await createBinaryItem('data', pdf(content))],
		});
		await stop();
		expect(output[0]?.[0]?.json).toEqual({ resourceId: 'r-1', whole: true });
	});
});
