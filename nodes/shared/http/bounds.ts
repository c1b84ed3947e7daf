import type { Response } from './response';

/** A response of the API is a few kilobytes. */
export const MOST_BYTES = 10_000_000;

const MOST_LEVELS = 100;
const MOST_VALUES = 200_000;

/**
 * Whether something parsed from JSON can be passed on. Data that is nested without end, or holds more values than
 * any response, would bring down whatever copies or shows it later.
 */
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

/** Whether a response is too large to be passed on. */
export function isOversized({ isOversized: isCutOff, body }: Response): boolean {
	return isCutOff === true || !isWithinBounds(body);
}
