/** The slowest supported connection for files. */
const BYTES_PER_MILLISECOND = 50;

const LONGEST_MILLISECONDS = 24 * 60 * 60_000;

/**
 * The longest time for a number of bytes, in milliseconds.
 *
 * @param bytes may come from a response, so the result is limited to between zero and a day
 */
export function transferTime(bytes: number): number {
	return Math.min(Math.ceil(Math.max(bytes, 0) / BYTES_PER_MILLISECOND), LONGEST_MILLISECONDS);
}
