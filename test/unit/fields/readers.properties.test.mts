// Every reader converts any JavaScript value to a value of its type that survives a round trip, or rejects it.

import fc from 'fast-check';

import { readChoice } from '../../../nodes/shared/fields/choice.ts';
import { readDate } from '../../../nodes/shared/fields/date.ts';
import { readEmail } from '../../../nodes/shared/fields/email.ts';
import { type Field, type Reader, required } from '../../../nodes/shared/fields/field.ts';
import { readIdentifier } from '../../../nodes/shared/fields/identifier.ts';
import { readJson } from '../../../nodes/shared/fields/json.ts';
import { readList } from '../../../nodes/shared/fields/list.ts';
import { numberField, readNumber } from '../../../nodes/shared/fields/number.ts';
import { numberTextField, telephoneField } from '../../../nodes/shared/fields/numberText.ts';
import { readSwitch } from '../../../nodes/shared/fields/switch.ts';
import {
	readName,
	readStringValue,
	readText,
	textField,
} from '../../../nodes/shared/fields/text.ts';
import { typedValues } from '../../../nodes/shared/fields/typedValues.ts';
import { tries } from '../../long-proofs.mts';
import { panel, place, resultOf, type ReadResult } from './panel.mts';

const RUNS = tries(2_000);

/** What expressions, spreadsheets and pasted text can contain around or instead of a value. */
const SLOPPY = [
	'undefined',
	'Nathanundefined',
	'NaN',
	'[object Object]',
	'X [object Promise]',
	'{{ $json.name }}',
	'1.99001E+11',
	'199001012384.0',
	'12345678901234567890',
	'1e21',
	'1e-400',
	'\u200B',
	'a\u200Bb',
	'\uFEFF7\u00A0',
	'\u202Eabc',
	'\uD83D',
	'👩\u200D🚀',
	'می\u200Cخواهم',
	'#N/A',
	'Invalid Date',
	'mailto:a@b.se',
	'Nathan <a@b.se>;',
	'2026-12-05T10:00',
	'05.12.2026',
	'TRUE',
	'0x10',
	'{"a": 1234567890123.456789}',
	'{"a": 1, "a": 2}',
	'[{"json": {}, "pairedItem": {}}]',
];

const hostileObject: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
	Symbol('x'),
	() => 'x',
	new Map([['a', 1]]),
	new Set([1]),
	new Date(Number.NaN),
	new Date('2026-12-05T10:00:00Z'),
	Buffer.from('x'),
	Object.create(null),
	{ toJSON: () => ({ a: undefined }) },
	{ json: { a: 1 }, pairedItem: { item: 0 } },
	new Proxy(
		{},
		{
			ownKeys: () => ['x'],
			getOwnPropertyDescriptor: () => {
				throw new TypeError('not here');
			},
		},
	),
	(() => {
		const circle: Record<string, unknown> = {};
		circle['self'] = circle;
		return circle;
	})(),
);

const anyValue = fc.oneof(
	fc.constantFrom<unknown>(...SLOPPY),
	fc.string({ unit: 'binary' }),
	fc.string(),
	fc.double(),
	fc.maxSafeInteger(),
	fc.bigInt(),
	fc.constantFrom<unknown>(undefined, null, true, false, 2 ** 53, 1e21, 1e-7, -0, Infinity),
	fc.json(),
	fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 3 }),
	hostileObject,
	fc.constantFrom(...SLOPPY).map((text) => ({ a: [{ text }] })),
	fc.constantFrom(...SLOPPY).map((text) => JSON.stringify({ [text]: text })),
);

/** Expects text without failed expressions, lost digits and invisible characters. */
function expectCleanText(text: string): void {
	expect(text).not.toMatch(/\[object |undefined|(?<![\p{L}\p{N}])NaN(?![\p{L}\p{N}])|\p{Cs}/u);
	expect(text.includes('{{') && text.includes('}}', text.indexOf('{{') + 2)).toBe(false);
	expect(text).not.toMatch(/^[+-]?\d+([.,]\d+)?e\+\d{1,3}$/i);
	const withoutJoined = text.replace(
		/[\u200C\u200D\uFE00-\uFE0F]|[\u{E0020}-\u{E01EF}]|[\u180B-\u180F]/gu,
		'',
	);
	expect(withoutJoined).not.toMatch(
		/\p{Default_Ignorable_Code_Point}|[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/u,
	);
}

function expectRejection({ heading, advice }: { heading: string; advice: string }): void {
	expect(heading).toMatch(/^(The Field|Name|Value|Parameter)/);
	expect(heading.length).toBeLessThan(150);
	expect(heading).not.toMatch(/undefined|\[object/);
	expect(advice.trim()).not.toBe('');
}

function every<T>(
	read: (value: unknown) => T,
	expectValue: (value: T, input: unknown) => void,
): void {
	fc.assert(
		fc.property(anyValue, (input) => {
			const result: ReadResult<T> = resultOf(() => read(input));
			if ('value' in result) expectValue(result.value, input);
			else expectRejection(result);
		}),
		{ numRuns: RUNS },
	);
}

const reading =
	<T,>(reader: Reader<T>) =>
	(value: unknown): T =>
		reader(value, place());

const readingField =
	<T,>(field: Field<T>) =>
	(value: unknown): T =>
		field.read(panel({ [field.property.name]: value }));

const THE_FIELD = { name: 'field', label: 'The Field' };

describe.each([
	['text', reading(readText)],
	['a name', reading(readName)],
	['a string value', reading(readStringValue)],
	['an e-mail address', reading(readEmail)],
	['an ID', reading(readIdentifier)],
	['a number in text', readingField(numberTextField(THE_FIELD))],
	['a telephone number', readingField(telephoneField(THE_FIELD))],
] as [string, (value: unknown) => string | undefined][])('the reader of %s', (_, read) => {
	it('returns clean text that it accepts unchanged, or a rejection with advice', () => {
		every(read, (text) => {
			if (text === undefined) return;
			expectCleanText(text);
			expect(text === '' ? text : read(text)).toBe(text);
			expect(JSON.parse(JSON.stringify(text))).toBe(text);
		});
	});
});

it('the reader of required text returns visible text, or a rejection with advice', () => {
	every(readingField(required(textField(THE_FIELD))), (text) => {
		expect(text.trim()).not.toBe('');
	});
});

it('the reader of numbers keeps every digit, or rejects the value', () => {
	every(reading(readNumber), (number, input) => {
		expect(Number.isFinite(number)).toBe(true);
		expect(Number.isInteger(number) && !Number.isSafeInteger(number)).toBe(false);
		if (typeof input === 'bigint') expect(BigInt(number)).toBe(input);
		expect(reading(readNumber)(String(number))).toBe(number);
	});
});

it('the reader of numbers keeps every decimal number of up to 15 digits, in any notation', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 999_999_999_999_999 }),
			fc.integer({ min: -20, max: 0 }),
			(digits, exponent) => {
				const written = `${digits}e${exponent}`;
				expect(reading(readNumber)(written)).toBe(Number(written));
			},
		),
		{ numRuns: RUNS },
	);
});

it('the reader of numbers with limits returns only numbers within them', () => {
	const limit = numberField({
		...THE_FIELD,
		description: '',
		default: 1,
		min: 1,
		max: 64,
		isWhole: true,
	});
	every(readingField(limit), (number) => {
		expect(Number.isInteger(number) && number >= 1 && number <= 64).toBe(true);
	});
});

it('the reader of switches returns true or false, and never reads another value as off', () => {
	every(reading(readSwitch), (on, input) => {
		expect(String(input).trim().toLowerCase()).toMatch(
			on ? /^\W*(true|1|yes|on)\W*$/ : /^\W*(false|-?0|no|off)\W*$/,
		);
	});
});

it('the reader of choices returns one of them, and never replaces another value with the default', () => {
	const choices = [
		{ name: 'A', value: 'undefined' },
		{ name: 'B', value: 'TRUE' },
	] as const;
	every(
		(value) => readChoice(value, place(), choices),
		(chosen, input) => {
			expect(String(input)).toContain(chosen);
		},
	);
});

it('the reader of dates returns a moment that survives a round trip', () => {
	every(reading(readDate), (moment) => {
		if (moment === undefined) return;
		expect(Number.isFinite(moment)).toBe(true);
		expect(reading(readDate)(new Date(moment).toISOString())).toBe(moment);
	});
});

it('the reader of lists returns clean names that it accepts unchanged', () => {
	every(reading(readList), (names) => {
		names.forEach(expectCleanText);
		expect(names).not.toContain('');
		expect(reading(readList)(names)).toEqual(names);
	});
});

describe('the reader of JSON', () => {
	const expectClean = (json: unknown): void => {
		if (typeof json === 'string') expectCleanText(json);
		if (typeof json !== 'object' || json === null) return;
		for (const [name, value] of Object.entries(json)) {
			expectCleanText(name);
			expectClean(value);
		}
	};

	it('returns JSON that a round trip does not change, or a rejection with advice', () => {
		every(reading(readJson), (json) => {
			if (json === undefined) return;
			expectClean(json);
			const sent = JSON.stringify(json);
			expect(sent).not.toMatch(/:(NaN|undefined)/);
			expect(reading(readJson)(sent)).toEqual(JSON.parse(sent));
		});
	});

	it('does not change clean JSON', () => {
		fc.assert(
			fc.property(
				fc
					.jsonValue({ stringUnit: fc.constantFrom(...'abcXYZ 0189-_.:/"\\\n') })
					.filter((value) => value !== ''),
				(value) => {
					const text = JSON.stringify(value);
					const result = resultOf(() => reading(readJson)(text));
					if ('value' in result)
						expect(JSON.stringify(result.value)).toBe(JSON.stringify(JSON.parse(text)));
					else expect(result.heading).toMatch(/digits|twice/);
				},
			),
			{ numRuns: RUNS },
		);
	});
});

it('the reader of typed values returns names and JSON values, or a rejection with advice', () => {
	const { rows } = typedValues({
		one: 'Parameter',
		rowsName: 'rows',
		jsonName: 'json',
		namedBy: 'definition',
		example: '{}',
		exampleName: 'a',
		exampleValue: 'b',
		advice: 'Be careful',
	});
	const row = fc.record({
		name: anyValue,
		type: fc.constantFrom('string', 'number', 'boolean', 'json', 'String'),
		value: anyValue,
	});
	fc.assert(
		fc.property(
			fc.oneof(
				{ weight: 9, arbitrary: fc.array(row, { maxLength: 3 }) },
				{ weight: 1, arbitrary: anyValue },
			),
			(values) => {
				const result = resultOf(() => rows.read(panel({ rows: { values } })));
				if ('value' in result)
					expect(JSON.parse(JSON.stringify(result.value))).toEqual(result.value);
				else expectRejection(result);
			},
		),
		{ numRuns: RUNS },
	);
});

it.each<[string, string, number?]>([
	['blanks', ' '],
	['quotes', '"'],
	['open braces', '{{'],
	['backslashes', '\\'],
	// The readers check each together with its neighbors, which takes seconds for a million.
	['joiners', '\u200D', tries(1_000_000)],
	['digits', '9'],
	['separators', ';'],
	['brackets', '['],
])('a long row of %s is read by every reader without a crash', (_, part, count = 1_000_000) => {
	const long = `a${part.repeat(count)}b`;
	const readers = [
		readText,
		readName,
		readStringValue,
		readEmail,
		readIdentifier,
		readList,
		readNumber,
		readDate,
	];
	for (const reader of readers) resultOf(() => reader(long, place()));
	resultOf(() => numberTextField(THE_FIELD).read(panel({ field: long })));
	for (const text of [long, JSON.stringify(long), JSON.stringify({ [long]: long })])
		resultOf(() => readJson(text, place()));
});
