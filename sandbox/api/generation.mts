/** The generations of the API. */
export type Generation = 'v1' | 'v2' | 'v3';

/** The media type's parameter by which v2 is asked for on the paths that it shares with v1. */
const ASKS_FOR_V2 = /^\s*application\/json\s*;\s*version\s*=\s*"?2"?\s*(;|$)/i;

/**
 * The generation that a call speaks, as the contract has it: `Accept: application/json;version=2` asks for v2,
 * anything else is the first generation that the operation belongs to.
 *
 * In: those generations, oldest first, and the `Accept` header as it came.
 */
export function generationOf(
	generations: readonly Generation[],
	accept: string | undefined,
): Generation {
	const asksForV2 = (accept ?? '').split(',').some((range) => ASKS_FOR_V2.test(range));
	if (asksForV2 && generations.includes('v2')) return 'v2';
	return generations[0] ?? 'v1';
}
