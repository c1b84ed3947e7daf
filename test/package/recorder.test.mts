// `npm run record` records one delivery without its values, even if the sender disconnects.

import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listen } from '../../sandbox/listen.mts';
import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { at, isJsonObject, readJsonObject, textAt } from '../../scripts/json.mts';
import { type RunningProgram, startProgram } from '../../scripts/program/program.mts';
import { projectFolder } from '../../scripts/project.mts';
import { sandboxOfWorker, type SharedSandbox } from '../environment/sandboxes/of-worker.mts';
import { readReplay } from '../unit/recorded/replay.mts';

let sandbox: SharedSandbox;
let folder: string;
let recorder: RunningProgram | undefined;
const file = () => join(folder, 'delivery.json');

beforeAll(async () => {
	sandbox = await sandboxOfWorker();
});
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'transactionlink-record-'));
});
afterEach(async () => {
	await recorder?.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** Starts the recorder, and returns the address at which it waits. */
async function startRecorder(baseUrl = sandbox.url): Promise<string> {
	const program = startProgram({
		file: join(projectFolder, 'test', 'recorder', 'record.mts'),
		args: ['--port', '0', '--base-url', baseUrl, '--out', file()],
		folder: projectFolder,
		logFile: join(folder, 'recorder.log'),
		environment: { TRANSACTIONLINK_AUTHORIZATION: 'tot_sandbox' },
	});
	recorder = program;
	const address = () => /^Waiting for one delivery: (\S+)$/m.exec(program.output())?.[1];
	return await program.whenReady('The recorder', address);
}

const personal = {
	firstName: 'Nathan',
	personalNumber: '19800101-1234',
	birthDate: '1980-01-01',
	email: 'nathan@nordlys.example.org',
	phone: { countryCode: 46, number: 701234567 },
	portrait: 'https://files.example.org/nathan.png?key=s3cret',
};

/** Sends a signed delivery that contains personal data, with a change after it was signed. */
async function send(
	address: string,
	change: (body: string) => string = (body) => body,
): Promise<{ status: number; sent: string; signature: string }> {
	const body = JSON.stringify({
		type: 'workflow.completed',
		data: {
			id: randomUUID(),
			status: 'COMPLETED',
			state: 'Värmland',
			name: 'Nathan’s check',
			'nathan@nordlys.example.org': true,
			person: personal,
		},
	});
	const { data } = await sandbox.control.post<{ signature: string }>('/sign', { body });
	const headers = {
		'content-type': 'application/json',
		'jws-signature': data.signature,
		'x-forwarded-for': '203.0.113.77',
	};
	const sent = change(body);
	const { status } = await fetch(address, { method: 'POST', headers, body: sent });
	return { status, sent, signature: data.signature };
}

/** Every text and number in a value, except short ones, which a key could contain by chance. */
const leaves = (value: unknown): string[] =>
	isJsonObject(value)
		? Object.values(value).flatMap(leaves)
		: [String(value)].filter((text) => text.length > 5);

it('records a delivery without its personal data', async () => {
	const { status, sent, signature } = await send(await startRecorder());
	expect(status).toBe(200);
	await recorder?.ended;
	const written = readFileSync(file(), 'utf8');
	const { replay } = readReplay(file());
	const allOutput = `${written}\n${replay.body.toString()}\n${recorder?.output()}`;
	for (const secret of [
		...leaves(personal),
		'Nathan',
		'nathan',
		'Värmland',
		'203.0.113.77',
		'tot_sandbox',
		...signature.split('..').slice(1),
	]) {
		expect(allOutput).not.toContain(secret);
	}
	for (const name of Object.keys(personal)) expect(replay.body.toString()).toContain(name);
	expect(allOutput).not.toContain(createHash('sha256').update(sent).digest('hex'));
});

it('records the facts about a delivery', async () => {
	await send(await startRecorder());
	await recorder?.ended;
	expect(at(readJsonObject(file()), 'facts')).toMatchObject({
		signature: {
			header: 'jws-signature',
			form: 'detached',
			jose: { alg: 'RS256', kid: expect.any(String), typ: 'JWT' },
			outcome: 'verified',
			reason: null,
			isPayloadUnencoded: false,
		},
		keyRequests: [{ withAuthorization: false, status: 200 }],
		contentType: 'application/json',
		foundAt: {
			workflowId: ['data.id'],
			status: ['data.status'],
			eventName: ['type'],
			reference: ['data.name'],
		},
		kept: ['COMPLETED', 'workflow.completed'],
		fields: {
			'data.id': 'id',
			'data.person.birthDate': 'date',
			'data.person.email': 'e-mail',
			'data.person.phone.number': 'number',
		},
	});
});

it('records a delivery that the trigger accepts when it is replayed', async () => {
	const address = await startRecorder();
	await sandbox.control.patch('/settings', {
		webhookAddress: address,
		pace: 0.1,
		webhookRetryDelayMs: 50,
	});
	await fetch(`${sandbox.url}/workflows`, {
		method: 'POST',
		headers: { authorization: 'tot_sandbox', 'content-type': 'application/json' },
		body: JSON.stringify({
			workflowDefinitionId: DEFINITION_IDS.companyCheck,
			locale: 'en',
			parameters: {},
		}),
	});
	await recorder?.ended;
	expect(textAt(readJsonObject(file()), 'facts', 'signature', 'outcome')).toBe('verified');
	expect(readReplay(file())).toMatchObject({
		isGenuine: true,
		event: 'completed',
		replay: { event: 'completed' },
	});
});

it('reports a signature that does not match, and leaves the copy unsigned', async () => {
	await send(await startRecorder(), (body) => body.replace('COMPLETED', 'FAILED'));
	await recorder?.ended;
	const fixture = readJsonObject(file());
	expect(at(fixture, 'facts', 'signature')).toMatchObject({
		outcome: 'not verified',
		reason: 'the signature does not match the body',
	});
	expect(at(fixture, 'replay', 'publicKey')).toBeNull();
	expect(at(fixture, 'replay', 'headers')).toEqual([]);
});

it('keeps waiting after a GET request, and overwrites no file', async () => {
	const address = await startRecorder();
	expect((await fetch(address)).status).toBe(405);
	expect(existsSync(file())).toBe(false);
	expect((await send(address)).status).toBe(200);
	await recorder?.ended;
	const first = readFileSync(file(), 'utf8');
	await expect(startRecorder()).rejects.toThrow('already exists');
	expect(readFileSync(file(), 'utf8')).toBe(first);
});

it.each(['http://api.example.com', 'nowhere', 'https://user:password@api.example.com'])(
	'rejects the base URL %s in one line',
	async (baseUrl) => {
		await expect(startRecorder(baseUrl)).rejects.toThrow('ended before it was ready');
		expect(recorder?.output()).toMatch(/^The Base URL of the TransactionLink credential [^\n]+\n$/);
	},
);

describe('a sender that disconnects', () => {
	const jose = Buffer.from(JSON.stringify({ alg: 'RS256', kid: randomUUID() }));
	const headers = {
		'content-type': 'application/json',
		'jws-signature': `${jose.toString('base64url')}..c2lnbmF0dXJl`,
	};

	it('during the key request does not stop the recording', async () => {
		const { promise: disconnected, resolve: disconnect } = Promise.withResolvers();
		const server = createServer((_request, response) => {
			void disconnected.then(() => response.writeHead(404).end());
		});
		const keyRequested = once(server, 'request');
		const keyServer = await listen(server, 0);
		const address = await startRecorder(keyServer.url);
		const sending = request(address, { method: 'POST', headers }).on('error', () => undefined);
		sending.end('{"status":"COMPLETED"}');
		await keyRequested;
		sending.once('close', () => disconnect(true)).destroy();
		await recorder?.ended;
		await keyServer.close();
		expect(recorder?.output()).toContain('Recorded: ');
		expect(at(readJsonObject(file()), 'facts', 'signature', 'outcome')).toBe('not verified');
	});

	it('within the body leaves the recorder waiting for the next delivery', async () => {
		const address = await startRecorder();
		const sending = request(address, { method: 'POST', headers }).on('error', () => undefined);
		sending.setHeader('content-length', 100);
		sending.write('{"status":');
		const [socket] = await once(sending, 'socket');
		await once(socket, 'connect');
		sending.destroy();
		expect((await send(address)).status).toBe(200);
	});
});

it('exits as soon as the delivery is recorded', async () => {
	await send(await startRecorder());
	const responded = Date.now();
	await recorder?.ended;
	expect(Date.now() - responded).toBeLessThan(4_000);
});
