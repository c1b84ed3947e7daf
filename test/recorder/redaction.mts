import { isJsonObject } from '../../scripts/json.mts';

const PROGRAM_WORDS = new Set(
	`aborted accepted action active approval approved await awaiting canceled cancelled case changed closed
	complete completed created customer declined done draft ended error event execution expired failed finished
	hold in incomplete initiated input new on open paused pending process processing progress queued ready
	record rejected result resumed review run running scheduled started state status step submitted succeeded
	success suspended terminated timeout under update updated user verification waiting workflow`.split(
		/\s+/,
	),
);

/** Whether a status or an event consists of words listed here, such as `workflow.statusChanged` or `IN_REVIEW`. */
export function consistsOfKnownWords(text: string): boolean {
	const words = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
	return words.split(/[ ._:-]/).every((word) => PROGRAM_WORDS.has(word));
}

type Text = [kind: string, pattern: RegExp, make: (count: number, text: string) => string];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** Every kind of text, with the stand-in for the n-th text of a delivery. */
const TEXTS: Text[] = [
	['empty text', /^$/, () => ''],
	['id', UUID, (count) => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`],
	['date', DATE, (_, text) => `2000-01-01${text.slice(10).replace(/\d/g, '0')}`],
	['address', /^https?:\/\//i, (count) => `https://address-${count}.example/`],
	['e-mail', /^\S+@\S+\.\S+$/, (count) => `name-${count}@email.example`],
];
const OTHER_TEXT: Text = ['text', /^/, (count) => `text-${count}`];

/** A field's name that a programmer wrote. Anything else may be a value: an ID, a number, an e-mail address. */
const ORDINARY_NAME = /^[A-Za-z_$][A-Za-z_$-]*\d{0,2}[A-Za-z_]*$/;

/** A number with the same count of digits, which distinguishes seconds from milliseconds. */
function numberLike(number: number): number {
	if (number === 0) return 0;
	return Number.isInteger(number) ? 10 ** (String(Math.abs(number)).length - 1) : 1.5;
}

/** A value inside a JSON value, by its path, such as `data.steps[0].name`. */
type Leaf = [path: string, kind: string, standIn: unknown];

/**
 * Copies a JSON value with a stand-in for each value in it; equal texts have equal stand-ins. Ordinary field names,
 * their order and nesting stay.
 *
 * @param kept texts that stay
 */
export function redact(value: unknown, kept: string[] = []): { copy: unknown; leaves: Leaf[] } {
	const leaves: Leaf[] = [];
	const given = new Map(kept.map((text) => [text, text]));
	const forText = (text: string): [kind: string, standIn: string] => {
		const [kind, , make] = TEXTS.find(([, pattern]) => pattern.test(text)) ?? OTHER_TEXT;
		const standIn = given.get(text) ?? make(given.size + 1, text);
		given.set(text, standIn);
		return [kind, standIn];
	};
	const forValue = (original: unknown): [kind: string, standIn: unknown] => {
		if (typeof original === 'string') return forText(original);
		if (typeof original === 'number') return ['number', numberLike(original)];
		return typeof original === 'boolean' ? ['boolean', true] : ['null', null];
	};
	const walk = (here: unknown, path: string): unknown => {
		if (Array.isArray(here)) return here.map((item, index) => walk(item, `${path}[${index}]`));
		if (isJsonObject(here)) {
			const entries = Object.entries(here).map(([name, inner]) => {
				const [, shown] = ORDINARY_NAME.test(name) ? ['', name] : forText(name);
				return [shown, walk(inner, path === '' ? shown : `${path}.${shown}`)];
			});
			return Object.fromEntries(entries);
		}
		const [kind, standIn] = forValue(here);
		leaves.push([path, kind, standIn]);
		return standIn;
	};
	return { copy: walk(value, ''), leaves };
}
