// Values of the request and control characters are removed from TransactionLink's sentences.

import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { maskFor } from '../../nodes/shared/api/sent.ts';
import { vendorCodes, vendorSentences } from '../../nodes/shared/contract/errorBody.ts';
import { Mask, valuesIn } from '../../nodes/shared/contract/mask.ts';

const bodyWith = (code: string, message: string) => ({
	fingerprint: 'fp-1',
	errors: [{ code, message }],
});

describe('values that TransactionLink repeats', () => {
	it.each([
		['as they are', 'Anna', 'The name Anna is taken', 'The name [hidden] is taken'],
		['in other case', 'Anna@Example.com', 'e-mail anna@example.com', 'e-mail [hidden]'],
		['encoded', 'a b/c&d', 'path a%20b%2Fc%26d', 'path [hidden]'],
		['with other separators', '19900101-7391', 'number 19900101 7391', 'number [hidden]'],
		['in part', 'photo-0123456789-abcdef', 'data "photo-0123456789"', 'data "[hidden]"'],
		['in HTML', 'Ben & "Jerry"', 'Ben &amp; &quot;Jerry&quot; is taken', '[hidden] is taken'],
		['over several lines', 'Main Street 1\nOslo', 'at Main Street 1 Oslo', 'at [hidden]'],
	])('are hidden %s', (_, value, text, hidden) =>
		expect(new Mask([value]).hide(text)).toBe(hidden),
	);

	it('are hidden at any depth, except short ones', () => {
		const values = valuesIn({ a: { b: ['Nathan', 7391, 'SE'] } }, undefined);
		expect(new Mask(values).hide('Nathan of SE has 7391')).toBe('[hidden] of SE has [hidden]');
	});

	it('do not include the words of a path in the contract', () => {
		const { paths } = parse(readFileSync('contract/openapi.yaml', 'utf8'));
		const requestPaths = Object.keys(paths)
			.filter((path) => !path.startsWith('/auth/'))
			.map((path) => path.replaceAll(/\{\w+\}/g, ''));
		const purpose = { action: 'test', ids: {} };
		for (const path of requestPaths) {
			const sent = { request: { method: 'GET', path, purpose }, secrets: [] } as const;
			expect(maskFor(sent).hide(path)).toBe(path);
		}
	});

	it('lose their control and invisible characters', () =>
		expect(new Mask([]).hide('a\u0000b\u202Ec\u001B[31m\nd')).toBe('a b c [31m d'));
});

describe("TransactionLink's code", () => {
	it.each(['invalid_case', 'E.404', 'a-b'])('is shown: %s', (code) =>
		expect(vendorCodes(bodyWith(code, ''), new Mask([]))).toEqual([code]),
	);
	it.each(['The secret "x"', 'name@example.com', 'x'.repeat(61), 'a b', 'ä', ''])(
		'is left out if it does not look like a code: %s',
		(code) => expect(vendorCodes(bodyWith(code, 'm'), new Mask([]))).toEqual([]),
	);
	it('is left out if it repeats a value', () =>
		expect(vendorCodes(bodyWith('sandbox-secret', ''), new Mask(['sandbox-secret']))).toEqual([]));
});

it("TransactionLink's sentence and fingerprint are masked before they are shortened", () => {
	const text = `${'x '.repeat(240)} sandbox-secret sandbox-secret`;
	const sentences = vendorSentences(bodyWith('c', text), new Mask(['sandbox-secret'])).join();
	expect(sentences).not.toContain('sandbox');
	expect(sentences).toContain('fp-1');
	expect(
		vendorSentences(
			{ ...bodyWith('c', 'm'), fingerprint: 'sandbox-secret' },
			new Mask(['sandbox-secret']),
		).join(),
	).not.toContain('sandbox');
});
