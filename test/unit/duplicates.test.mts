// A repeated delivery starts one execution, whatever happens to the first delivery.

import { EventEmitter } from 'node:events';
import { Deadline } from '../../nodes/TransactionLinkTrigger/deadline.ts';
import { claim } from '../../nodes/TransactionLinkTrigger/duplicates.ts';

class Response extends EventEmitter {
	statusCode = 200;

	destroyed = false;

	writableEnded = false;

	/** Responds as n8n does, and then closes the connection. */
	respond(statusCode: number): void {
		this.statusCode = statusCode;
		this.writableEnded = true;
		if (!this.destroyed) this.hangUp();
	}

	hangUp(): void {
		this.destroyed = true;
		this.emit('close');
	}
}

const longDeadline = new Deadline(5_000);
const shortDeadline = (): Deadline => new Deadline(150);
let count = 0;
const newKey = () => `event ${(count += 1)}`;
afterEach(() => {
	jest.restoreAllMocks();
});

describe('a delivery', () => {
	it('is the first of its event, and every later one is a repeat', async () => {
		const [key, response] = [newKey(), new Response()];
		expect(await claim(key, response, longDeadline)).toBe('first');
		response.respond(200);
		expect(await claim(key, new Response(), longDeadline)).toBe('repeat');
	});

	it('is the first again when the earlier one got a 500', async () => {
		const [key, response] = [newKey(), new Response()];
		await claim(key, response, longDeadline);
		const waiting = claim(key, new Response(), longDeadline);
		response.respond(500);
		expect(await waiting).toBe('first');
	});

	it('waits for the first one until its deadline', async () => {
		const key = newKey();
		await claim(key, new Response(), longDeadline);
		expect(await claim(key, new Response(), shortDeadline())).toBe('pending');
	});

	it('whose sender has hung up leaves no listener behind', async () => {
		const [key, disconnected] = [newKey(), new Response()];
		disconnected.destroyed = true;
		expect(await claim(key, disconnected, longDeadline)).toBe('pending');
		expect(await claim(key, new Response(), longDeadline)).toBe('first');
	});
});

describe('a delivery whose sender hung up before n8n responded', () => {
	it.each([
		['is accepted when n8n has the execution', 200, 'repeat'],
		['is the first again when n8n could not create the execution', 500, 'first'],
	])('%s', async (_, statusCode, expected) => {
		const [key, response] = [newKey(), new Response()];
		await claim(key, response, longDeadline);
		const waiting = claim(key, new Response(), longDeadline);
		response.hangUp();
		response.respond(statusCode);
		expect(await waiting).toBe(expected);
	});

	it('lets a later repeat be accepted at once after n8n has accepted it', async () => {
		const [key, response] = [newKey(), new Response()];
		await claim(key, response, longDeadline);
		response.hangUp();
		const waiting = claim(key, new Response(), longDeadline);
		response.respond(200);
		expect(await waiting).toBe('repeat');
	});

	it('does not block repeats for longer than a minute without a response', async () => {
		const [key, response] = [newKey(), new Response()];
		await claim(key, response, longDeadline);
		response.hangUp();
		expect(await claim(key, new Response(), shortDeadline())).toBe('pending');
		const later = performance.now() + 61_000;
		jest.spyOn(performance, 'now').mockImplementation(() => later);
		expect(await claim(key, new Response(), longDeadline)).toBe('first');
	});
});
