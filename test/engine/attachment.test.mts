// Attachments are uploaded and downloaded unchanged, and a truncated, too long or redirected download is rejected.

import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { openAccount, type Account } from './account.mts';
import {
	createBinaryItem,
	errorOf,
	readBinary,
	startLocalServer,
	useBinaryData,
	type BinaryDataMode,
} from './harness/index.mts';
import { close, listen } from './harness/local-server.mts';
import { newRecord, TABLE } from './records.mts';

const MEGABYTE = 1024 * 1024;

let account: Account;
let recordId: string;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => {
	await account.reset();
	recordId = await newRecord(account);
});

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const attachment = (operation: string, parameters: INodeParameters = {}) => ({
	resource: 'attachment',
	operation,
	tableId: TABLE,
	recordId,
	...parameters,
});
const fileItem = async (content: Buffer, fileName = 'pässport.pdf') =>
	await createBinaryItem('data', { content, fileName, mimeType: 'application/pdf' });

async function uploadAttachment(
	content: Buffer = Buffer.from('%PDF-1.7'),
	fileName?: string,
): Promise<string> {
	const { output } = await account.run(attachment('upload'), {
		items: [await fileItem(content, fileName)],
	});
	return String(output[0]?.[0]?.json['id']);
}

/** The requests that the download host has received, with their headers. */
async function downloads(): Promise<{ headers: Record<string, string> }[]> {
	return (await account.sandbox.control.get('/downloads')).data;
}

describe.each<BinaryDataMode>(['memory', 'filesystem'])(
	'attachments with files stored in %s',
	(mode) => {
		beforeAll(async () => await useBinaryData(mode));
		afterAll(async () => await useBinaryData('memory'));

		it('keep 20 MB, name and type unchanged through upload and download', async () => {
			const content = randomBytes(20 * MEGABYTE);
			const attachmentId = await uploadAttachment(content);
			const { output } = await account.run(
				attachment('get', { attachmentId, binaryPropertyName: 'scan' }),
			);
			const item = output[0]?.[0];
			expect(item?.json).toMatchObject({
				id: attachmentId,
				recordId,
				name: 'pässport.pdf',
				type: 'application/pdf',
				size: content.length,
				tags: [],
			});
			expect(item?.json).not.toHaveProperty('link');
			expect(item?.binary?.['scan']).toMatchObject({
				fileName: 'pässport.pdf',
				mimeType: 'application/pdf',
				fileExtension: 'pdf',
			});
			if (item === undefined) throw new Error('The node returned no item');
			expect(digest(await readBinary(item, 'scan'))).toBe(digest(content));
			expect(item.pairedItem).toEqual({ item: 0 });
		});

		it('are uploaded once after the token was revoked', async () => {
			const credential = account.credential();
			await account.run(attachment('getMany'), { credential });
			await account.sandbox.control.post('/tokens/revoke');
			const { status } = await account.run(attachment('upload'), {
				credential,
				items: [await fileItem(randomBytes(MEGABYTE))],
			});
			const { data: created } =
				await account.sandbox.control.get<{ size: number }[]>('/attachments');
			expect(status).toBe('success');
			expect(created.map(({ size }) => size)).toEqual([MEGABYTE]);
		});
	},
);

describe('Attachment → Upload', () => {
	it.each([
		['a text', ' passport, front ,', ['passport', 'front']],
		['a list from an expression', ['passport', 'front'], ['passport', 'front']],
		['nothing', '', []],
	])('accepts tags as %s', async (_, tags, savedTags) => {
		const { output } = await account.run(attachment('upload', { tags }), {
			items: [await fileItem(Buffer.from('x'))],
		});
		expect(output[0]?.[0]?.json).toEqual({
			id: expect.any(String),
			recordId,
			name: 'pässport.pdf',
			type: 'application/pdf',
			size: 1,
			createdDateTime: expect.any(String),
		});
		const { data: created } =
			await account.sandbox.control.get<{ tags: string[] }[]>('/attachments');
		expect(created[0]?.tags).toEqual(savedTags);
	});

	it.each([
		['an empty file', {}, Buffer.alloc(0), 'Input Binary Field names an empty file'],
		[
			'a field without a file',
			{ binaryPropertyName: 'scan' },
			Buffer.from('x'),
			'Input Binary Field names a file that the item does not have',
		],
		['invalid tags', { tags: [['front']] }, Buffer.from('x'), 'Tags must be text, not a list'],
		['an invalid record ID', { recordId: '..' }, Buffer.from('x'), 'Record ID is not an ID'],
	])('rejects %s before any request', async (_, parameters, content, message) => {
		const error = errorOf(
			await account.run({ ...attachment('upload'), ...parameters } as INodeParameters, {
				items: [await fileItem(content)],
			}),
		);
		expect(error.message).toContain(message);
		expect(await account.requests('uploadAttachment')).toHaveLength(0);
	});

	it('reports an unknown record', async () => {
		const { message, description } = errorOf(
			await account.run(attachment('upload', { recordId: 'unknown' }), {
				items: [await fileItem(Buffer.from('x'))],
			}),
		);
		expect(message).toBe('TransactionLink has no record or table with this ID');
		expect(description).toContain('Record → Create');
	});
});

describe('Attachment → Get Many', () => {
	it('returns one item for each attachment, up to the limit', async () => {
		for (let count = 0; count < 3; count += 1)
			await uploadAttachment(Buffer.from('x'), `${count}.pdf`);
		const { output } = await account.run(attachment('getMany'));
		expect(output[0]?.map(({ json }) => json['name'])).toEqual(['0.pdf', '1.pdf', '2.pdf']);
		expect(output[0]?.[2]).toMatchObject({ json: { recordId, tags: [] }, pairedItem: { item: 0 } });
		expect((await account.run(attachment('getMany', { limit: 2 }))).output[0]).toHaveLength(2);
		expect(
			(await account.run(attachment('getMany', { returnAll: true, limit: 2 }))).output[0],
		).toHaveLength(3);
	});

	it('returns no items for an empty list', async () => {
		expect((await account.run(attachment('getMany'))).output).toEqual([[]]);
	});

	it.each([0, 1.5, -1])('rejects a limit of %d before any request', async (limit) => {
		expect(errorOf(await account.run(attachment('getMany', { limit }))).message).toBe(
			'Limit must be a whole number from 1 on',
		);
		expect(await account.requests('getAttachments')).toHaveLength(0);
	});

	it.each([
		['an object', { items: [] }],
		['a list of texts', ['a']],
	])('reports that %s does not match the documentation', async (_, body) => {
		await account.fault({
			operationId: 'getAttachments',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body,
		});
		expect(errorOf(await account.run(attachment('getMany'))).message).toContain(
			'not what its documentation says',
		);
	});

	it('reports an unknown record', async () => {
		expect(
			errorOf(await account.run(attachment('getMany', { recordId: 'unknown' }))).message,
		).toContain('has no record or table with this ID');
	});
});

describe('Attachment → Get', () => {
	it('sends no credential to the host of the download', async () => {
		await account.run(attachment('get', { attachmentId: await uploadAttachment() }));
		const [request] = await downloads();
		expect(Object.keys(request?.headers ?? {})).not.toContain('authorization');
		expect(JSON.stringify(request)).not.toMatch(/bearer|tot_|cookie/i);
	});

	it('names the file by its ID, with the type of its host, if the list contains neither', async () => {
		const attachmentId = await uploadAttachment();
		await account.fault({
			operationId: 'getAttachments',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: [],
		});
		const { output } = await account.run(attachment('get', { attachmentId }));
		expect(output[0]?.[0]?.json).toEqual({ id: attachmentId });
		expect(output[0]?.[0]?.binary?.['data']).toMatchObject({
			fileName: attachmentId,
			mimeType: 'application/pdf',
		});
	});

	it.each([-1e12, 1e300])('ignores a listed size of %d', async (size) => {
		const attachmentId = await uploadAttachment();
		await account.fault({
			operationId: 'getAttachments',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: [{ id: attachmentId, name: 'a.pdf', size }],
		});
		const { output } = await account.run(attachment('get', { attachmentId }));
		expect(output[0]?.[0]?.binary?.['data']).toMatchObject({
			fileName: 'a.pdf',
			mimeType: 'application/pdf',
		});
	});

	it('reports an unknown attachment, and where to find its ID', async () => {
		const { message, description } = errorOf(
			await account.run(attachment('get', { attachmentId: 'nothing' })),
		);
		expect(message).toBe('TransactionLink has no attachment, record or table with this ID');
		expect(description).toContain('The ID in the output of Attachment → Get Many');
	});

	it.each([
		['an empty attachment ID', { attachmentId: ' ' }, 'Attachment ID is empty'],
		[
			'an empty output field',
			{ attachmentId: 'a-1', binaryPropertyName: ' ' },
			'Put Output File in Field is empty',
		],
	])('rejects %s before any request', async (_, parameters, message) => {
		expect(errorOf(await account.run(attachment('get', parameters))).message).toBe(message);
		expect(await account.requests('getAttachments')).toHaveLength(0);
	});
});

describe('a failed download', () => {
	/** Uploads an attachment for which TransactionLink returns this link. */
	async function attachmentWithLink(link: string): Promise<string> {
		const attachmentId = await uploadAttachment();
		await account.fault({
			operationId: 'getAttachment',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: { link },
			times: 10,
		});
		return attachmentId;
	}

	it.each([
		[403, 'The download address no longer works (status 403)', 'gets a new address', 1],
		[404, 'The download address no longer works (status 404)', 'gets a new address', 1],
		[410, 'The download address no longer works (status 410)', 'gets a new address', 1],
		[
			503,
			'The host of the download did not return the file (status 503)',
			'again in a few minutes',
			4,
		],
		[302, 'The download address pointed to another address (status 302)', 'not followed', 1],
	])(
		'is reported for a %d with a message about what to do',
		async (status, message, advice, attempts) => {
			const host = await startLocalServer(({ path }) =>
				path === '/there'
					? { body: 'stolen' }
					: { status, headers: { location: '/there', 'retry-after': '0' }, body: 'private' },
			);
			const attachmentId = await attachmentWithLink(
				`${host.url}/file?signature=secret-of-the-link`,
			);
			const error = errorOf(await account.run(attachment('get', { attachmentId })));
			await host.close();
			expect(error.message).toBe(message);
			expect(error.description).toContain(advice);
			expect(error.httpCode).toBe(String(status));
			expect(JSON.stringify(error.json)).not.toMatch(/secret-of-the-link|private/);
			expect(host.requests).toHaveLength(attempts);
			expect(JSON.stringify(host.requests)).not.toMatch(/authorization|bearer/i);
		},
	);

	it.each([
		['another scheme', 'file:///etc/passwd'],
		['a data URL', 'data:text/plain,hello'],
		['not a URL', 'over there'],
		['an incomplete URL', 'http://'],
	])('is reported if the link is %s', async (_, link) => {
		const { message, json } = errorOf(
			await account.run(attachment('get', { attachmentId: await attachmentWithLink(link) })),
		);
		expect(message).toBe('TransactionLink returned a download address that cannot be opened');
		expect(JSON.stringify(json)).not.toContain('passwd');
	});

	it('is reported if the response contains no link', async () => {
		const attachmentId = await uploadAttachment();
		await account.fault({
			operationId: 'getAttachment',
			kind: 'status',
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: { url: 'x' },
		});
		expect(errorOf(await account.run(attachment('get', { attachmentId }))).message).toContain(
			'not what its documentation says',
		);
	});

	it.each<BinaryDataMode>(['memory', 'filesystem'])(
		'is reported if the file is truncated (%s)',
		async (mode) => {
			await useBinaryData(mode);
			const server = createServer((_request, response) => {
				response
					.writeHead(200, { 'content-length': '1000' })
					.write('half', () => response.destroy());
			});
			const attachmentId = await attachmentWithLink(`${await listen(server)}/secret-of-the-link`);
			const error = errorOf(await account.run(attachment('get', { attachmentId })));
			await close(server);
			await useBinaryData('memory');
			expect(error.message).toBe('The host of the download did not send the whole file');
			expect(JSON.stringify(error.json)).not.toContain('secret-of-the-link');
		},
	);

	it('is reported if the connection is refused', async () => {
		const attachmentId = await attachmentWithLink('http://127.0.0.1:9/secret-of-the-link');
		const error = errorOf(await account.run(attachment('get', { attachmentId })));
		expect(error.message).toBe('The host of the download did not send the whole file');
		expect(error.description).toContain('ECONNREFUSED');
		expect(JSON.stringify(error.json)).not.toContain('secret-of-the-link');
	});

	it('ends immediately when the user cancels', async () => {
		let isDownloading = false;
		const server = createServer((_request, response) => {
			response.writeHead(200, { 'content-length': '1000' }).write('half');
			isDownloading = true;
		});
		const attachmentId = await attachmentWithLink(`${await listen(server)}/file`);
		const run = account.start(attachment('get', { attachmentId }));
		while (!isDownloading) await new Promise((resolve) => setImmediate(resolve));
		run.cancel();
		expect((await run.finished).status).toBe('canceled');
		await close(server);
	});
});
