// A base URL is checked before any credential is sent to it.

import { checkedBaseUrl, isBelow } from '../../nodes/shared/authentication/baseUrl.ts';

describe('a base URL', () => {
	it.each([
		['', 'https://api.transactionlink.io'],
		[' https://api.transactionlink.io/ ', 'https://api.transactionlink.io'],
		['https://proxy.example.com/tl//', 'https://proxy.example.com/tl'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://localhost:4010/', 'http://localhost:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['HTTPS://API.example.com', 'https://api.example.com'],
	])('%j is accepted', (entered, checked) => expect(checkedBaseUrl(entered)).toBe(checked));

	it.each([
		'http://api.transactionlink.io',
		'http://10.0.0.1',
		'http://127.0.0.1.example.com',
		'http://localhost.example.com',
		'http://127.0.0.1@example.com',
		'javascript:alert(1)',
		'file:///etc',
		'api.transactionlink.io',
		'https://',
		'https://key@api.transactionlink.io',
		'https://api.transactionlink.io/?a=b',
		'https://api.transactionlink.io/#a',
		'localhost:4010',
		'//api.transactionlink.io',
		'https:api.transactionlink.io',
	])('%j is rejected', (entered) =>
		expect(() => checkedBaseUrl(entered)).toThrow(
			/^The Base URL of the TransactionLink credential/,
		),
	);
});

it.each([
	['api.transactionlink.io', 'https://'],
	['//api.transactionlink.io', 'https://'],
	['localhost:4010', 'http://'],
	['127.0.0.1:4010/', 'http://'],
])('reports the missing scheme of %s: %s', (entered, scheme) =>
	expect(() => checkedBaseUrl(entered)).toThrow(new RegExp(`has no ${scheme} before it$`)),
);

describe('a request', () => {
	it.each([
		['https://api.example.com/cases', true],
		['https://api.example.com//auth/authorize', true],
		['https://api.example.com.evil.com/cases', false],
		['https://api.example.com@evil.com/cases', false],
		['http://api.example.com/cases', false],
		['https://api.example.com:8443/cases', false],
		['/cases', false],
	])('to %s is sent to https://api.example.com: %s', (address, expected) =>
		expect(isBelow(address, 'https://api.example.com')).toBe(expected),
	);

	it.each([
		['https://example.com/tl/cases', true],
		['https://example.com/tl', true],
		['https://example.com/tl-other/cases', false],
		['https://example.com/tl/../cases', false],
		['https://example.com/cases', false],
	])('to %s is below https://example.com/tl: %s', (address, expected) =>
		expect(isBelow(address, 'https://example.com/tl')).toBe(expected),
	);
});
