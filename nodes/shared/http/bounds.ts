import { header, type Response } from './response';

/** An answer of the API is a few kilobytes. */
const MOST_BYTES = 10_000_000;

const MOST_LEVELS = 100;
const MOST_VALUES = 200_000;

/**
 * Whether something parsed from JSON can be handed on. What is nested without end, or holds more values than
 * any answer, would bring down whatever copies or shows it later.
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

/** Whether an answer is of a size that can be handed on. */
export function isOversized(answer: Response): boolean {
	const bytes = Number(header(answer, 'content-length') ?? 0);
	if (bytes > MOST_BYTES) return true;
	if (typeof answer.body === 'string') return answer.body.length > MOST_BYTES;
	return !isWithinBounds(answer.body);
}
