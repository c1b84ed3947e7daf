/**
 * Milliseconds since some moment in the past, for durations only.
 *
 * `Date.now()` jumps when the clock of the machine is set. `performance` is a global that n8n's strict linter
 * allows, and
 * unlike `process.hrtime` needs no restricted one.
 */
export function monotonicNow(): number {
	return performance.now();
}
