import type { FieldReading } from './field';
import { characterAt, trimmed } from './hygiene';
import { residueIn } from './residue';
import { readText } from './text';

/**
 * TransactionLink documents no form of IDs, so only characters that would change the address of a request are
 * rejected.
 */
const ALLOWED = /[A-Za-z0-9._~:-]/;

const LONGEST = 200;

/** Left by an expression whose field is missing. */
const LEFT_BY_EXPRESSIONS = new Set(['null', 'true', 'false']);

/**
 * Reads an ID. Invisible characters are removed at its ends, and rejected inside, where they may stand for a lost
 * character.
 *
 * @returns nothing for a field that is empty
 */
export function readIdentifier(value: unknown, reading: FieldReading): string | undefined {
	const id = trimmed(typeof value === 'string' ? value : (readText(value, reading) ?? ''));
	if (id === '') return undefined;
	const residue = residueIn(id);
	if (residue !== undefined) throw reading.reject(residue.finding, residue.advice);
	if (LEFT_BY_EXPRESSIONS.has(id)) {
		throw reading.reject(`is "${id}", which expressions leave when they return no ID`);
	}
	// Such as the name of a definition or a table.
	if (/\s/.test(id)) throw reading.reject('contains a space');
	const wrong = Array.from(id).find((character) => !ALLOWED.test(character));
	if (wrong !== undefined) {
		throw reading.reject(
			`contains a character that no ID has: ${characterAt(id, id.indexOf(wrong))}`,
		);
	}
	if (id === '.' || id === '..') throw reading.reject('is not an ID');
	if (id.length > LONGEST) throw reading.reject('is too long for an ID');
	return id;
}
