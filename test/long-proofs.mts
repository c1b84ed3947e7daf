/**
 * Whether the proofs that take long run as well: `npm run test:all` sets LONG_PROOFS=1, `npm test` does not. What is
 * left out then is reported as skipped.
 */
export const areLongProofsWanted = process.env['LONG_PROOFS'] === '1';

/** `it` for a proof that takes long, of which another test shows a part in the quick loop. */
export const itLong = areLongProofsWanted ? it : it.skip;

/** How often a property is tried: a tenth in the quick loop, where a counterexample comes up in the first hundred or so. */
export function tries(inFull: number): number {
	return areLongProofsWanted ? inFull : inFull / 10;
}
