import { isObject } from '../json';

/** The replacement for a masked value. */
const MASKED = '[hidden]';

/** Shorter values are not secret, and masking them would make sentences unreadable. */
const FEWEST_CHARACTERS = 3;

/** A value that is repeated only in part is recognized by its first characters. */
const BEGINNING = 12;

/** Longer texts are not from an API. */
const LONGEST_TEXT = 4_000;

const MOST_VALUES = 5_000;

/** The text in one line, without control and invisible characters. */
function plain(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

/** Every text and number in JSON values. */
export function valuesIn(...things: unknown[]): string[] {
	const values: string[] = [];
	const open = [...things];
	while (open.length > 0 && values.length <= MOST_VALUES) {
		const thing = open.pop();
		if (typeof thing === 'string') values.push(thing);
		else if (typeof thing === 'number') values.push(String(thing));
		else if (Array.isArray(thing)) open.push(...thing.slice(0, MOST_VALUES));
		else if (isObject(thing)) open.push(...Object.values(thing).slice(0, MOST_VALUES));
	}
	return values;
}

function variantsOf(value: string): string[] {
	const one = plain(value);
	const escaped = JSON.stringify(value).slice(1, -1);
	const html = one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
	return [
		one,
		plain(escaped),
		html,
		encodeURIComponent(one.slice(0, LONGEST_TEXT).replace(/\p{Cs}/gu, '')),
	];
}

/** Also finds a number that is written with other separators, such as a personal number. */
function digitsPattern(value: string): RegExp | undefined {
	const digits = value.replace(/\D/g, '');
	if (digits.length < 6 || digits.length > 40 || /\p{L}/u.test(value)) return undefined;
	return new RegExp([...digits].join('[\\s.()/+-]*'), 'g');
}

/** Hides values in texts from other programs that repeat them. */
export class Mask {
	/** By their first characters, longest first. */
	private readonly values = new Map<string, string[]>();

	private readonly patterns: RegExp[];

	private readonly isTooMuch: boolean;

	/** @param values of the credential and of the request, which must not appear */
	constructor(values: string[]) {
		this.isTooMuch = values.length > MOST_VALUES;
		const known = this.isTooMuch ? [] : values;
		const variants = new Set(known.flatMap(variantsOf).map((value) => value.toLowerCase()));
		const sorted = [...variants]
			.filter((value) => value.length >= FEWEST_CHARACTERS)
			.sort((one, other) => other.length - one.length);
		for (const value of sorted) {
			const beginning = value.slice(0, BEGINNING);
			this.values.set(beginning, [...(this.values.get(beginning) ?? []), value]);
		}
		this.patterns = known.flatMap((value) => digitsPattern(value) ?? []);
	}

	/** The text in one line, with hidden values; empty if there are too many values. */
	hide(text: string): string {
		if (this.isTooMuch) return '';
		let hidden = plain(text.slice(0, LONGEST_TEXT));
		for (const pattern of this.patterns) hidden = hidden.replace(pattern, MASKED);
		for (const [beginning, values] of this.values) hidden = hideThose(hidden, beginning, values);
		return hidden;
	}

	/** Whether one of the values is in the text. */
	isIn(text: string): boolean {
		return this.hide(text) !== plain(text);
	}
}

/** @param values with the same first characters: at each position, the longest match is hidden */
function hideThose(text: string, beginning: string, values: string[]): string {
	const lower = text.toLowerCase();
	// If letters change their length in lower case, positions no longer match, so hide the whole text.
	if (lower.length !== text.length) return lower.includes(beginning) ? MASKED : text;
	let hidden = '';
	let from = 0;
	for (;;) {
		const at = lower.indexOf(beginning, from);
		if (at === -1) return hidden + text.slice(from);
		hidden += text.slice(from, at) + MASKED;
		from = at + Math.max(...values.map((value) => sharedLength(lower, at, value)));
	}
}

/** How many characters of a value are at a position of a text. */
function sharedLength(text: string, at: number, value: string): number {
	let length = 0;
	while (length < value.length && text[at + length] === value[length]) length += 1;
	return length;
}
