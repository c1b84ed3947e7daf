import type { Attempt } from '../../nodes/shared/http/attempt.ts';
import { pauseBeforeRepeating, retryAfter } from '../../nodes/shared/http/retry.ts';
import { SignInError } from '../../nodes/shared/authentication/signIn.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const answer = (status: number, headers: Record<string, string> = {}): Attempt => ({
	answer: { status, headers, body: '' },
});
const pause = (outcome: Attempt, creates: boolean, attempt = 1, chance = 0.5) =>
	pauseBeforeRepeating(outcome, creates, { attempt, attempts: 4, now, chance });

describe('a question', () => {
	it.each([408, 429, 500, 502, 503, 504, 520, 524])('is asked again after %d', (status) =>
		expect(pause(answer(status), false)).toBe(500),
	);
	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED', ''])(
		'is asked again after no answer (%s)',
		(code) => expect(pause({ code }, false)).toBe(500),
	);
	it.each([200, 302, 400, 401, 403, 404, 409, 422, 501, 505])(
		'is not asked again after %d',
		(status) => expect(pause(answer(status), false)).toBeUndefined(),
	);
	it('is asked at growing intervals, four times at most', () => {
		expect([1, 2, 3, 4].map((attempt) => pause({ code: '' }, false, attempt))).toEqual([
			500,
			1000,
			2000,
			undefined,
		]);
	});
	it('is asked at other intervals than its neighbours', () =>
		expect([pause({ code: '' }, false, 1, 0), pause({ code: '' }, false, 1, 1)]).toEqual([
			250, 750,
		]));
});

describe('a creation', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'is sent again when it never arrived (%s)',
		(code) => expect(pause({ code }, true)).toBe(500),
	);
	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', ''])(
		'is not sent again when it may have arrived (%s)',
		(code) => expect(pause({ code }, true)).toBeUndefined(),
	);
	it.each([408, 500, 502, 503, 504])('is not sent again after %d', (status) =>
		expect(pause(answer(status), true)).toBeUndefined(),
	);
	it('is sent again when TransactionLink asks to slow down', () =>
		expect(pause(answer(429), true)).toBe(500));
	it('is sent again after a 503 that says when', () =>
		expect(pause(answer(503, { 'retry-after': '2' }), true)).toBe(2000));
});

describe('Retry-After', () => {
	const read = (value: string) =>
		retryAfter({ status: 429, headers: { 'retry-after': value }, body: '' }, now);
	it('is read as seconds', () => expect(read('7')).toBe(7000));
	it('is read as a date', () => expect(read('Thu, 01 Jan 2026 00:00:03 GMT')).toBe(3000));
	it('in the past means now', () => expect(read('Thu, 01 Jan 2025 00:00:03 GMT')).toBe(0));
	it.each(['', 'soon'])('that cannot be read counts as none: "%s"', (value) =>
		expect(read(value)).toBeUndefined(),
	);
	// Date.parse takes it for a month of long ago.
	it('below nothing is never waited for longer than nothing', () => expect(read('-1')).toBe(0));
	it.each(['0', 'Thu, 01 Jan 2025 00:00:03 GMT'])(
		'that is over does not use up all attempts at once: "%s"',
		(value) => {
			expect(
				[1, 2, 3].map((attempt) => pause(answer(429, { 'retry-after': value }), false, attempt)),
			).toEqual([500, 1000, 2000]);
		},
	);
	it('that is longer than a person would wait ends it', () =>
		expect(pause(answer(429, { 'retry-after': '31' }), false)).toBeUndefined());
});

describe('when no token could be had', () => {
	it('a wrong secret is not tried again', () =>
		expect(pause({ obstacle: new SignInError('', '', true) }, false)).toBeUndefined());
	it('passing trouble is waited out, for creations too: nothing was sent', () =>
		expect(pause({ obstacle: new SignInError('', '', false) }, true)).toBe(500));
});
