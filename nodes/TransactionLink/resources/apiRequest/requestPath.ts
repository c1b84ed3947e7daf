import {
	required,
	type Field,
	type FieldReading,
	type Reader,
	field,
} from '../../../shared/fields/field';
import { characterAt, trimmed } from '../../../shared/fields/hygiene';
import { residueIn } from '../../../shared/fields/residue';
import { readText, textProperty } from '../../../shared/fields/text';

const LONGEST = 2_000;

/** Blanks, control and invisible characters, and the backslash, which some servers treat as a slash. */
const NOT_IN_PATHS = /[\s\\\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Characters that become a slash, an escape or a control character once decoded. */
const NOT_IN_SEGMENTS = /[/\\\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]|%[\da-f]{2}/iu;

/** `.` and `..`, also for servers that cut a segment at its semicolon. */
const FOLDER = /^\s*\.{1,2}\s*(;|$)/;

/** Left by expressions that return no ID. */
const LEFT_BY_EXPRESSIONS = new Set(['null', 'NaN']);

function decoded(segment: string, reading: FieldReading): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw reading.reject('contains a percent sign that encodes no character', 'Write %25 for it');
	}
}

/** Decodes a segment of a path and encodes it again, in one form. */
function readSegment(segment: string, reading: FieldReading): string {
	if (segment === '') {
		throw reading.reject(
			'contains nothing between two slashes, or after the last',
			'Remove a slash, or check what the expression there returns',
		);
	}
	const text = decoded(segment, reading);
	// Some servers read a full-width slash or dot as an ordinary one.
	const plain = text.normalize('NFKC');
	if (FOLDER.test(plain)) throw reading.reject('contains "." or ".." between slashes');
	if (NOT_IN_SEGMENTS.test(plain)) {
		throw reading.reject(
			'contains an encoded slash, percent sign or invisible character',
			'Check what its expressions return',
		);
	}
	if (LEFT_BY_EXPRESSIONS.has(plain))
		throw reading.reject(`contains "${plain}", which expressions leave when they return no value`);
	return encodeURIComponent(text);
}

/**
 * Reads a path below the base URL (RFC 3986, section 3.3).
 *
 * @returns its percent-encoded segments, or undefined for an empty field
 * @throws NodeOperationError for a path that could lead to another host or folder
 */
const readPath: Reader<string | undefined> = (value, reading) => {
	const path = trimmed(typeof value === 'string' ? value : (readText(value, reading) ?? ''));
	if (path === '') return undefined;
	const residue = residueIn(path);
	if (residue !== undefined) throw reading.reject(residue.finding, residue.advice);
	if (path.length > LONGEST) throw reading.reject('is too long for a path');
	if (!path.startsWith('/')) throw reading.reject('does not start with a slash');
	if (path.includes('?')) {
		const advice = 'Enter what follows the question mark under Query Parameters';
		throw reading.reject('contains a question mark', advice);
	}
	if (path.includes('#'))
		throw reading.reject('contains a fragment', 'Remove it, or write %23 for #');
	const wrong = Array.from(path).find((character) => NOT_IN_PATHS.test(character));
	if (wrong !== undefined) {
		const where = characterAt(path, path.indexOf(wrong));
		throw reading.reject(`contains a character that no path has: ${where}`);
	}
	const segments = path.slice(1).split('/');
	return segments.map((segment) => `/${readSegment(segment, reading)}`).join('');
};

/** The path of a request. */
export const pathField: Field<string> = required(
	field(
		textProperty({
			name: 'path',
			label: 'Path',
			placeholder: '/organizations/users',
			description:
				'What follows the Base URL, as in the API reference of the TransactionLink dashboard',
		}),
		'Enter what follows the Base URL, such as /organizations/users',
		readPath,
	),
);
