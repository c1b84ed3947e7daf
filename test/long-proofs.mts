/**
 * Whether the proofs that take long run as well: `npm run test:all` sets LONG_PROOFS=1, `npm test` does not. What is
 * left out then is reported as skipped.
 */
export const areLongProofsWanted = process.env['LONG_PROOFS'] === '1';

/** `it` for a proof that takes long, of which another test shows a part in the quick loop. */
export const itLong = areLongProofsWanted ? it : it.skip;

/** How often a property is tried: for the quick loop a tenth is enough to meet most counterexamples. */
export function tries(inFull: number): number {
	return areLongProofsWanted ? inFull : inFull / 10;
}
