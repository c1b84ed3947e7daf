// Endless responses, downloads of another size and a jumping clock do not block or mislead the node.

import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';
import { close, listen } from './harness/local-server.mts';
import { newRecord, TABLE } from './records.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const MEGABYTE = 1024 * 1024;

async function withServer<Result>(
	respond: RequestListener,
	use: (url: string) => Promise<Result>,
): Promise<Result> {
	const server = createServer(respond);
	const url = await listen(server);
	try {
		return await use(url);
	} finally {
		await close(server);
	}
}

const json = { 'content-type': 'application/json' };

describe('an endless response', () => {
	it.each<[string, RequestListener]>([
		[
			'50 MB in chunks',
			(_, response) => {
				response.writeHead(200, json);
				const chunk = Buffer.alloc(MEGABYTE, 'x');
				let sent = 0;
				const more = (): void => {
					while (sent < 50 && !response.destroyed) {
						sent += 1;
						if (!response.write(chunk)) return void response.once('drain', more);
					}
					response.end();
				};
				more();
			},
		],
		[
			'200 MB of 200 kB gzip',
			(_, response) => {
				response.writeHead(200, { ...json, 'content-encoding': 'gzip' });
				response.end(gzipSync(Buffer.alloc(200 * MEGABYTE, ' ')));
			},
		],
	])('is not read beyond 10 MB: %s', async (_, respond) => {
		const before = process.memoryUsage().rss;
		const { message } = await withServer(
			(request, response) => {
				if (request.url === '/auth/authorize')
					response.writeHead(200, json).end('{"accessToken":"a"}');
				else respond(request, response);
			},
			async (baseUrl) =>
				errorOf(
					await account.run(
						{ resource: 'case', operation: 'get', caseId: 'c-1' },
						{ credential: account.credential({ baseUrl }) },
					),
				),
		);
		expect(message).toContain('too large to be passed on');
		expect(process.memoryUsage().rss - before).toBeLessThan(450 * MEGABYTE);
	});
});

describe('a download', () => {
	async function get(
		listed: Record<string, unknown>,
		respond: RequestListener,
		credential = account.credential(),
	) {
		const recordId = await newRecord(account);
		const attachmentId = 'a-1';
		const respondWith = async (operationId: string, body: unknown): Promise<void> =>
			await account.fault({ operationId, kind: 'status', status: 200, headers: json, body });
		return await withServer(respond, async (url) => {
			await respondWith('getAttachments', [{ id: attachmentId, ...listed }]);
			await respondWith('getAttachment', { link: `${url}/file` });
			return await account.run(
				{
					resource: 'attachment',
					operation: 'get',
					tableId: TABLE,
					recordId,
					attachmentId,
					binaryPropertyName: 'data',
				},
				{ credential },
			);
		});
	}
	const pdf = { 'content-type': 'application/pdf' };

	it.each<[string, Record<string, unknown>, RequestListener]>([
		['10 bytes of 1,000', { size: 1_000 }, (_, r) => r.writeHead(200, pdf).end('0123456789')],
		['one byte too many', { size: 9 }, (_, r) => r.writeHead(200, pdf).end('0123456789')],
		['no bytes', { size: 9 }, (_, r) => r.writeHead(200, pdf).end()],
		[
			'a web page of the same size',
			{ size: 10, type: 'application/pdf' },
			(_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html/>   '),
		],
		[
			'300 MB of gzip for 10 bytes',
			{ size: 10 },
			(_, r) =>
				r
					.writeHead(200, { ...pdf, 'content-encoding': 'gzip' })
					.end(gzipSync(Buffer.alloc(300 * MEGABYTE))),
		],
	])('is rejected if it differs from the listed file: %s', async (_, listed, respond) => {
		const { message } = errorOf(await get(listed, respond));
		expect(message).toBe('The host of the download sent something other than the listed file');
	});

	it.each([
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\a.pdf', 'a.pdf'],
		['/', 'a-1'],
		['..', 'a-1'],
	])('removes the path from a file name: %s', async (name, fileName) => {
		const { output } = await get({ name, size: 4 }, (_, r) => r.writeHead(200, pdf).end('%PDF'));
		const binary = output[0]?.[0]?.binary?.['data'];
		expect(binary).toMatchObject({ fileName });
		expect(binary).not.toHaveProperty('directory');
	});
});

describe('a wait for a run', () => {
	it.each([
		['back an hour', -3_600_000],
		['forward ten minutes', 600_000],
	])("continues when the machine's clock jumps %s", async (_, jump) => {
		await account.set({ pace: 0.5 });
		const realNow = Date.now.bind(Date);
		const caseId = await account.newCase();
		await account.fault({
			operationId: 'getWorkflow',
			kind: 'status',
			status: 503,
			headers: { 'retry-after': '1' },
		});
		const begin = performance.now();
		const clock = jest
			.spyOn(Date, 'now')
			.mockImplementation(() => realNow() + (performance.now() - begin > 1_000 ? jump : 0));
		const outcome = await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.completesSoon,
			caseId,
			waitForCompletion: true,
			maxWaitMinutes: 0.5,
		});
		clock.mockRestore();
		expect(outcome.output[0]?.[0]?.json['status']).toBe('COMPLETED');
		expect(performance.now() - begin).toBeLessThan(15_000);
	});
});
