import { EventEmitter } from 'node:events';
import { claim } from '../../nodes/TransactionLinkTrigger/duplicates.ts';

class Response extends EventEmitter {
	statusCode = 200;

	destroyed = false;

	/** The answer goes out, or the sender goes before it could. */
	end(isAnswered: boolean, statusCode = 200): void {
		this.statusCode = statusCode;
		if (isAnswered) this.emit('finish');
		this.destroyed = true;
		this.emit('close');
	}
}

const never = new Promise<never>(() => undefined);
let count = 0;
const fresh = () => `event ${(count += 1)}`;

describe('a delivery', () => {
	it('is the first, and then was taken', async () => {
		const [key, response] = [fresh(), new Response()];
		expect(await claim(key, response, never)).toBe('first');
		response.end(true);
		expect(await claim(key, new Response(), never)).toBe('taken');
	});

	it.each([
		['was answered 500', true],
		['lost its sender before the answer', false],
	])('is the first again when the one before %s', async (_, isAnswered) => {
		const [key, response] = [fresh(), new Response()];
		await claim(key, response, never);
		const waiting = claim(key, new Response(), never);
		response.end(isAnswered, 500);
		expect(await waiting).toBe('first');
	});

	it('waits for its twin, but not for ever', async () => {
		const key = fresh();
		await claim(key, new Response(), never);
		expect(await claim(key, new Response(), Promise.resolve())).toBe('underway');
	});

	it('whose sender has gone leaves nothing behind', async () => {
		const [key, gone] = [fresh(), new Response()];
		gone.destroyed = true;
		expect(await claim(key, gone, never)).toBe('underway');
		expect(await claim(key, new Response(), never)).toBe('first');
	});
});
