/** What kind of value stood somewhere; its stand-in is of the same kind. */
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

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const E_MAIL = /^\S+@\S+\.\S+$/;
const ADDRESS = /^https?:\/\//i;

/** Tells what kind of value it is, where it is none that holds others. */
export function kindOf(value: unknown): Kind {
	if (typeof value === 'number') return 'number';
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value !== 'string') return 'null';
	if (value === '') return 'empty text';
	if (UUID.test(value)) return 'id';
	if (DATE.test(value)) return 'date';
	if (ADDRESS.test(value)) return 'address';
	return E_MAIL.test(value) ? 'e-mail' : 'text';
}

/** A fixed moment, written as the other one is. */
function dateLike(date: string): string {
	const fixed = '2000-01-01T00:00:00.000000000';
	const [, moment = '', zone = ''] = /^(.{10}(?:[T ][\d:.]+)?)(.*)$/.exec(date) ?? [];
	const written = fixed.slice(0, moment.length);
	return `${moment.includes(' ') ? written.replace('T', ' ') : written}${zone.replace(/\d/g, '0')}`;
}

/** A number with as many digits, which still tells seconds from milliseconds. */
function numberLike(number: number): number {
	if (number === 0) return 0;
	if (!Number.isInteger(number)) return 1.5;
	return 10 ** (String(Math.abs(number)).length - 1);
}

/**
 * Stand-ins for the values of one delivery. The same text gets the same stand-in, so that it can still be seen which
 * of them belong together; nothing of the text is in it.
 */
export class StandIns {
	readonly #given = new Map<string, string>();
	readonly #kept: ReadonlySet<string>;

	/** @param kept texts that stay as they are */
	constructor(kept: Iterable<string>) {
		this.#kept = new Set(kept);
	}

	/** The stand-in for a value that holds no others. */
	for(value: unknown): unknown {
		if (typeof value === 'number') return numberLike(value);
		if (typeof value === 'boolean') return true;
		return typeof value === 'string' ? this.forText(value) : null;
	}

	forText(text: string): string {
		if (text === '' || this.#kept.has(text)) return text;
		const known = this.#given.get(text);
		if (known !== undefined) return known;
		const made = this.#make(text, this.#given.size + 1);
		this.#given.set(text, made);
		return made;
	}

	#make(text: string, count: number): string {
		switch (kindOf(text)) {
			case 'id':
				return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
			case 'date':
				return dateLike(text);
			case 'e-mail':
				return `name-${count}@email.example`;
			case 'address':
				return `https://address-${count}.example/`;
			default:
				return `text-${count}`;
		}
	}
}
