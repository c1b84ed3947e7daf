// Requests are repeated only if that is safe and useful, at growing intervals.

import { NotSentError } from '../../nodes/shared/http/notSentError.ts';
import type { Attempt } from '../../nodes/shared/http/attempt.ts';
import {
	effectOf,
	healthOf,
	isTransient,
	pauseBeforeRepeating,
	retryAfter,
} from '../../nodes/shared/http/retry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const response = (status: number, headers: Record<string, string> = {}): Attempt => ({
	kind: 'response',
	response: { status, headers, body: '' },
});
const network = (code: string): Attempt => ({ kind: 'network', code });
const pause = (attempt: Attempt, isIdempotent: boolean, count = 1, chance = 0.5, left = 60_000) =>
	pauseBeforeRepeating(attempt, isIdempotent, { attempt: count, attempts: 4, left, now, chance });

describe('a read', () => {
	it.each([408, 429, 500, 502, 503, 504, 520, 524])('is repeated after a %d', (status) =>
		expect(pause(response(status), true)).toBe(500),
	);
	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED', 'ERR_BODY_CUT', ''])(
		'is repeated when no response arrived (%s)',
		(code) => expect(pause(network(code), true)).toBe(500),
	);
	it.each([200, 302, 400, 401, 403, 404, 409, 413, 422, 501, 505])(
		'is not repeated after a %d',
		(status) => expect(pause(response(status), true)).toBeUndefined(),
	);
	it('is repeated at growing intervals, and sent four times at most', () => {
		expect([1, 2, 3, 4].map((count) => pause(network(''), true, count))).toEqual([
			500,
			1000,
			2000,
			undefined,
		]);
	});
	it('is repeated at random intervals, so that simultaneous requests spread', () =>
		expect([pause(network(''), true, 1, 0), pause(network(''), true, 1, 1)]).toEqual([250, 750]));
	it('is not repeated when the total time would be exceeded', () =>
		expect(pause(network(''), true, 1, 0.5, 400)).toBeUndefined());
	it('is not repeated after the user cancelled', () =>
		expect(pause(network('ERR_CANCELED'), true)).toBeUndefined());
});

/** Node's codes for a connection that was never established, and OpenSSL's for certificates. */
const neverSent = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EPROTO',
	'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REVOKED',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'INVALID_CA',
	'HOSTNAME_MISMATCH',
];

describe('the effect of a request', () => {
	it.each(neverSent)('is known after %s: it was never sent', (code) =>
		expect(effectOf(network(code))).toBe('neverSent'),
	);
	it.each([
		'ECONNRESET',
		'ETIMEDOUT',
		'ECONNABORTED',
		'EPIPE',
		'ERR_BODY_CUT',
		'',
		// A connection that broke after the request was read.
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ERR_SSL_BAD_RECORD_TYPE',
		'ERR_SSL_WRONG_VERSION_NUMBER',
	])('is not known after %s', (code) => expect(effectOf(network(code))).toBe('mayHaveHappened'));
	it.each([302, 400, 401, 403, 404, 409, 413, 422, 429])('did not occur after a %d', (status) =>
		expect(effectOf(response(status))).toBe('didNotHappen'),
	);
	it.each([408, 500, 502, 503, 504, 524])('is not known after a %d', (status) =>
		expect(effectOf(response(status))).toBe('mayHaveHappened'),
	);
	it('did not occur after a 503 that contains Retry-After', () =>
		expect(effectOf(response(503, { 'retry-after': '2' }))).toBe('didNotHappen'));
});

describe('a creation', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO'])(
		'is repeated when it was never sent (%s)',
		(code) => expect(pause(network(code), false)).toBe(500),
	);
	it.each([
		'ECONNRESET',
		'ETIMEDOUT',
		'ECONNABORTED',
		'EPIPE',
		'ERR_BODY_CUT',
		'',
		// A connection that broke after the request was read.
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ERR_SSL_BAD_RECORD_TYPE',
		'ERR_SSL_WRONG_VERSION_NUMBER',
	])('is not repeated when it may have arrived (%s)', (code) =>
		expect(pause(network(code), false)).toBeUndefined(),
	);
	it('is not repeated when the host became unreachable while bytes were sent', () => {
		const lost = { kind: 'network', code: 'EHOSTUNREACH', wasConnected: true } as const;
		expect(pause(lost, false)).toBeUndefined();
	});
	it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'SELF_SIGNED_CERT_IN_CHAIN'])(
		'is not repeated when the certificate is not trusted (%s)',
		(code) => expect(isTransient(network(code))).toBe(false),
	);
	it.each([408, 500, 502, 503, 504])('is not repeated after a %d', (status) =>
		expect(pause(response(status), false)).toBeUndefined(),
	);
	it('is repeated after a 429', () => expect(pause(response(429), false)).toBe(500));
	it('is repeated after a 503 that contains Retry-After', () =>
		expect(pause(response(503, { 'retry-after': '2' }), false)).toBe(2000));
});

describe('Retry-After', () => {
	const read = (value: string, date?: string) =>
		retryAfter({ headers: { 'retry-after': value, ...(date === undefined ? {} : { date }) } }, now);
	it('is read as seconds', () => expect(read('7')).toBe(7000));
	it.each([
		['4.5', 5000],
		['0.2', 1000],
		['29.99', 30_000],
	])('rounds fractions of a second up: %s', (value, milliseconds) =>
		expect(read(value)).toBe(milliseconds),
	);
	it('is read as a date', () => expect(read('Thu, 01 Jan 2026 00:00:03 GMT')).toBe(3000));
	it('is measured from the Date header of the response instead of the local clock', () =>
		expect(read('Thu, 01 Jan 2015 00:00:03 GMT', 'Thu, 01 Jan 2015 00:00:00 GMT')).toBe(3000));
	it('allows an immediate retry when its date is in the past', () =>
		expect(read('Thu, 01 Jan 2025 00:00:03 GMT')).toBe(0));
	it.each(['', 'soon', '-5', '-1', '5, 5', 'retry in 5', '5s', '1e3', 'Infinity', 'Thursday'])(
		'is ignored when it is neither seconds nor a date: "%s"',
		(value) => expect(read(value)).toBeUndefined(),
	);
	it.each(['0', 'Thu, 01 Jan 2025 00:00:03 GMT'])(
		'does not cause immediate retries when it is zero or in the past: "%s"',
		(value) => {
			const attempt = response(429, { 'retry-after': value });
			expect([1, 2, 3].map((count) => pause(attempt, true, count))).toEqual([500, 1000, 2000]);
		},
	);
	it('prevents a retry if it is longer than half a minute', () =>
		expect(pause(response(429, { 'retry-after': '31' }), true)).toBeUndefined());
});

describe('a request that was not sent', () => {
	const notSent = (isTransient: boolean): Attempt => ({
		kind: 'notSent',
		error: new NotSentError('', { description: '', code: 'X', isTransient, retryAfter: 2_000 }),
	});
	it('is not repeated for a permanent reason', () =>
		expect(pause(notSent(false), true)).toBeUndefined());
	it('is repeated for a transient reason, also a creation, after the requested pause', () =>
		expect(pause(notSent(true), false)).toBe(2_000));
});

describe('a server', () => {
	it.each([
		...[408, 429, 503, 504].map((status) => response(status)),
		...['ETIMEDOUT', 'ECONNRESET', 'ECONNREFUSED', 'ERR_BODY_CUT', ''].map(network),
	])('counts as overloaded after %j', (attempt) => expect(healthOf(attempt)).toBe('overloaded'));

	it.each([200, 201, 204])('counts as healthy after a %d', (status) =>
		expect(healthOf(response(status))).toBe('healthy'),
	);

	it.each([
		...[301, 400, 401, 404, 413, 422, 500, 501, 502].map((status) => response(status)),
		// The user cancelled, or the certificate is not trusted.
		...['ERR_CANCELED', 'CERT_HAS_EXPIRED'].map(network),
	])('has unknown health after %j', (attempt) => expect(healthOf(attempt)).toBe('unknown'));
});
