/**
 * Milliseconds since a fixed moment, for durations only.
 *
 * `Date.now()` jumps when the machine's clock is set. n8n's strict linter allows `performance`, but not
 * `process.hrtime`.
 */
export function monotonicNow(): number {
	return performance.now();
}
