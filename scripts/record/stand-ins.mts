/** What kind of value a field has; its stand-in is of the same kind. */
export type Kind =
	| 'empty text'
	| 'id'
	| 'date'
	| 'e-mail'
	| 'address'
	| 'text'
	| 'number'
	| 'boolean'
	| 'null';

/** The kinds of text, each with a stand-in for the n-th text of a delivery. */
const TEXTS: readonly [Kind, RegExp, (count: number, text: string) => string][] = [
	['empty text', /^$/, () => ''],
	[
		'id',
		/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
		(count) => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
	],
	[
		'date',
		/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/,
		(_, text) => `2000-01-01${text.slice(10).replace(/\d/g, '0')}`,
	],
	['address', /^https?:\/\//i, (count) => `https://address-${count}.example/`],
	['e-mail', /^\S+@\S+\.\S+$/, (count) => `name-${count}@email.example`],
	['text', /^/, (count) => `text-${count}`],
];

/** The kind of a value that contains no others. */
export function kindOf(value: unknown): Kind {
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value !== 'string') return 'null';
	return TEXTS.find(([, pattern]) => pattern.test(value))?.[0] ?? 'text';
}

/** A number with as many digits, which still tells seconds from milliseconds. */
function numberLike(number: number): number {
	if (number === 0) return 0;
	return Number.isInteger(number) ? 10 ** (String(Math.abs(number)).length - 1) : 1.5;
}

/** Stand-ins for the values of one delivery: the same for the same text, and containing nothing of it. */
export class StandIns {
	readonly #given = new Map<string, string>();
	readonly #kept: ReadonlySet<string>;

	/** @param kept texts that stay */
	constructor(kept: Iterable<string>) {
		this.#kept = new Set(kept);
	}

	for(value: unknown): unknown {
		if (typeof value === 'number') return numberLike(value);
		if (typeof value === 'boolean') return true;
		return typeof value === 'string' ? this.forText(value) : null;
	}

	forText(text: string): string {
		if (text === '' || this.#kept.has(text)) return text;
		const [, , make] = TEXTS.find(([, pattern]) => pattern.test(text)) ?? [];
		const standIn = this.#given.get(text) ?? make?.(this.#given.size + 1, text) ?? '';
		this.#given.set(text, standIn);
		return standIn;
	}
}
