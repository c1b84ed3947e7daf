/** The slowest connection that files are sent and downloaded over. */
const BYTES_PER_MILLISECOND = 50;

const LONGEST_MILLISECONDS = 24 * 60 * 60_000;

/**
 * The longest time that so many bytes may take, in milliseconds.
 *
 * @param bytes may come from a response: the result is never negative and never more than a day
 */
export function transferTime(bytes: number): number {
	return Math.min(Math.ceil(Math.max(bytes, 0) / BYTES_PER_MILLISECOND), LONGEST_MILLISECONDS);
}
