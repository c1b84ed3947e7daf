import type { INodeProperties } from 'n8n-workflow';
import { emptiness, field, type Field, type Reader } from './field';
import { trimmed } from './hygiene';

const ON = new Set<unknown>([true, 1, 'true', 'yes', 'on', '1']);
const OFF = new Set<unknown>([false, 0, 'false', 'no', 'off', '0']);

/** Reads a switch in the usual spellings. Any other value is rejected, and never counts as off. */
export const readSwitch: Reader<boolean> = (value, reading) => {
	const word = typeof value === 'string' ? trimmed(value).toLowerCase() : value;
	if (ON.has(word)) return true;
	if (OFF.has(word)) return false;
	const isEmpty = word === undefined || word === null || word === '';
	throw reading.reject(isEmpty ? emptiness(value) : 'must be true or false');
};

/** A switch. */
export function switchField(
	name: string,
	label: string,
	initial: boolean,
	description: string,
): Field<boolean> {
	const property: INodeProperties = {
		displayName: label,
		name,
		type: 'boolean',
		default: false,
		description,
	};
	return field(
		{ ...property, default: initial },
		'Switch it on or off; an expression has to return true or false',
		readSwitch,
	);
}
