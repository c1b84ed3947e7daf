import { isExact } from './digits';

/** What parsing loses silently. */
export type Loss = 'a name twice' | 'digits';

/** A number at `lastIndex`. */
export const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

const BLANK = /\s*/y;

/** The end of a string in JSON. @param start of its opening quote */
export function endOfString(text: string, start: number): number {
	for (
		let quote = text.indexOf('"', start + 1);
		quote !== -1;
		quote = text.indexOf('"', quote + 1)
	) {
		let backslashes = 0;
		while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
		if (backslashes % 2 === 0) return quote + 1;
	}
	return text.length;
}

/** The end of what a sticky pattern matches at a position; the position itself if it does not match. */
export function endOf(pattern: RegExp, text: string, start: number): number {
	pattern.lastIndex = start;
	return start + (pattern.exec(text)?.[0].length ?? 0);
}

/**
 * Finds what `JSON.parse` changes silently: it keeps the last of two equal names, and drops digits beyond the
 * precision of a number (RFC 8259, sections 4 and 6). It reads the text once, so a photo of many megabytes in a
 * string is not a problem.
 *
 * @param text valid JSON
 */
export function lossIn(text: string): Loss | undefined {
	const namesOfOpenObjects: Array<Set<unknown>> = [];
	for (let index = 0; index < text.length; ) {
		const sign = text[index] ?? '';
		if (sign === '"') {
			const end = endOfString(text, index);
			const names = namesOfOpenObjects.at(-1);
			if (names !== undefined && text[endOf(BLANK, text, end)] === ':') {
				const name: unknown = JSON.parse(text.slice(index, end));
				if (names.has(name)) return 'a name twice';
				names.add(name);
			}
			index = end;
		} else if (/[-\d]/.test(sign)) {
			const end = endOf(NUMBER, text, index);
			if (!isExact(text.slice(index, end))) return 'digits';
			index = end;
		} else {
			if (sign === '{') namesOfOpenObjects.push(new Set());
			if (sign === '}') namesOfOpenObjects.pop();
			index += 1;
		}
	}
	return undefined;
}
