import type { Response } from './response';

/** Normal responses of the API have a few kilobytes. */
export const MOST_BYTES = 10_000_000;

const MOST_LEVELS = 100;
const MOST_VALUES = 200_000;

/** Whether parsed JSON can be output. Extremely deep or large data would crash programs that copy or show it. */
export function isWithinBounds(value: unknown): boolean {
	let values = 0;
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth += 1) {
		values += level.length;
		if (depth > MOST_LEVELS || values > MOST_VALUES) return false;
		level = level.flatMap((one) =>
			typeof one === 'object' && one !== null ? Object.values(one) : [],
		);
	}
	return true;
}

/** Whether a response is too large to be output. */
export function isOversized({ isOversized: isCutOff, body }: Response): boolean {
	return isCutOff === true || !isWithinBounds(body);
}
