/** Whether the proofs that take long run as well: `npm run test:all` sets LONG_PROOFS=1, `npm test` does not. */
const areLongProofsWanted = process.env['LONG_PROOFS'] === '1';

/**
 * The rows of a table of tests.
 *
 * @param all for `npm run test:all`
 * @param crossSection those of them that the quick loop has time for
 */
export function rowsOf<Row>(all: Row[], crossSection: Row[]): Row[] {
	return areLongProofsWanted ? all : crossSection;
}

/** How often a property is tried: for the quick loop a tenth is enough to meet most counterexamples. */
export function tries(inFull: number): number {
	return areLongProofsWanted ? inFull : inFull / 10;
}
