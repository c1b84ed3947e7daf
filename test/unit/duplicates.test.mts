// A repeated delivery starts one execution, whatever happens to the first delivery.

import { EventEmitter } from 'node:events';
import { Deadline } from '../../nodes/TransactionLinkTrigger/deadline.ts';
import { claim } from '../../nodes/TransactionLinkTrigger/duplicates.ts';

class Response extends EventEmitter {
	statusCode = 200;

	destroyed = false;

	writableEnded = false;

	/** n8n gives its answer; the connection closes by itself when it has gone out. */
	answer(statusCode: number): void {
		this.statusCode = statusCode;
		this.writableEnded = true;
		if (!this.destroyed) this.hangUp();
	}

	hangUp(): void {
		this.destroyed = true;
		this.emit('close');
	}
}

const never = new Deadline(5_000);
const soon = (): Deadline => new Deadline(150);
let count = 0;
const fresh = () => `event ${(count += 1)}`;
afterEach(() => {
	jest.restoreAllMocks();
});

describe('a delivery', () => {
	it('is the first once, and every later one is a repeat', async () => {
		const [key, response] = [fresh(), new Response()];
		expect(await claim(key, response, never)).toBe('first');
		response.answer(200);
		expect(await claim(key, new Response(), never)).toBe('repeat');
	});

	it('is the first again when the earlier one got a 500', async () => {
		const [key, response] = [fresh(), new Response()];
		await claim(key, response, never);
		const waiting = claim(key, new Response(), never);
		response.answer(500);
		expect(await waiting).toBe('first');
	});

	it('waits for the first one until its deadline', async () => {
		const key = fresh();
		await claim(key, new Response(), never);
		expect(await claim(key, new Response(), soon())).toBe('pending');
	});

	it('whose sender has hung up leaves no listener behind', async () => {
		const [key, gone] = [fresh(), new Response()];
		gone.destroyed = true;
		expect(await claim(key, gone, never)).toBe('pending');
		expect(await claim(key, new Response(), never)).toBe('first');
	});
});

describe('a delivery whose sender hung up before n8n responded', () => {
	it.each([
		['is accepted when n8n has the execution', 200, 'repeat'],
		['is the first again when n8n could not create the execution', 500, 'first'],
	])('%s', async (_, statusCode, standing) => {
		const [key, response] = [fresh(), new Response()];
		await claim(key, response, never);
		const waiting = claim(key, new Response(), never);
		response.hangUp();
		response.answer(statusCode);
		expect(await waiting).toBe(standing);
	});

	it('lets a later repeat be accepted at once after n8n has accepted it', async () => {
		const [key, response] = [fresh(), new Response()];
		await claim(key, response, never);
		response.hangUp();
		const waiting = claim(key, new Response(), never);
		response.answer(200);
		expect(await waiting).toBe('repeat');
	});

	it('does not block repeats for longer than a minute without a response', async () => {
		const [key, response] = [fresh(), new Response()];
		await claim(key, response, never);
		response.hangUp();
		expect(await claim(key, new Response(), soon())).toBe('pending');
		const later = Date.now() + 61_000;
		jest.spyOn(Date, 'now').mockImplementation(() => later);
		expect(await claim(key, new Response(), never)).toBe('first');
	});
});
