/** The slowest line that files are sent and fetched over. */
const BYTES_PER_MILLISECOND = 50;

const LONGEST_MILLISECONDS = 24 * 60 * 60_000;

/**
 * The longest that so many bytes may be on their way, in milliseconds.
 *
 * @param bytes may be whatever an answer said: never gives less than nothing or more than a day
 */
export function timeOnTheWay(bytes: number): number {
	return Math.min(Math.ceil(Math.max(bytes, 0) / BYTES_PER_MILLISECOND), LONGEST_MILLISECONDS);
}
