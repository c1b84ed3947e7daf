/** What is wrong with a JSON value, and what to enter instead. */
export interface JsonFinding {
	finding: string;
	expected: string;
}

/** A string with its quotes, and the colon that makes it a name. */
const STRINGS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** Parses JSON. @returns nothing when it is none; null stands for itself */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** All objects, lists and values inside a value, and itself. */
function inside(whole: unknown): unknown[] {
	const found: unknown[] = [whole];
	for (const one of found) {
		if (typeof one !== 'object' || one === null) continue;
		for (const value of Object.values(one)) found.push(value);
	}
	return found;
}

function namesIn(values: unknown[]): number {
	return values
		.filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
		.reduce<number>((sum, value) => sum + Object.keys(value ?? {}).length, 0);
}

/**
 * Finds what would arrive otherwise than it was entered: a number whose last digits would change, something
 * that JSON has no word for, a name that is given twice.
 *
 * @param value what was parsed, or what an expression gave
 * @param text what it was parsed from
 */
export function jsonFinding(value: unknown, text?: string): JsonFinding | undefined {
	const values = inside(value);
	const numbers = values.filter((one) => typeof one === 'number');
	if (numbers.some((one) => Number.isInteger(one) && !Number.isSafeInteger(one))) {
		return {
			finding: 'holds a number of more digits than a number can hold',
			expected: 'Put it into quotes',
		};
	}
	if (values.some((one) => one === undefined) || numbers.some((one) => !Number.isFinite(one))) {
		return {
			finding: 'holds a value that is empty or not a number',
			expected: 'Check what its expressions find',
		};
	}
	const written = [...(text ?? '').matchAll(STRINGS)].filter(
		([, colon]) => colon !== undefined,
	).length;
	if (text !== undefined && written !== namesIn(values)) {
		return { finding: 'gives a name twice', expected: 'Keep one of the two' };
	}
	return undefined;
}
