/** The slowest line that files are sent and fetched over. */
const BYTES_PER_MILLISECOND = 50;

/** The longest that so many bytes may be on their way, in milliseconds. */
export function timeOnTheWay(bytes: number): number {
	return Math.ceil(bytes / BYTES_PER_MILLISECOND);
}
