/** Whether tests run in full: `npm run test:all` sets LONG_PROOFS=1, `npm test` does not. */
const isFull = process.env['LONG_PROOFS'] === '1';

/**
 * The rows for a table of tests.
 *
 * @param all for `npm run test:all`
 * @param crossSection a subset for `npm test`, which should be quick
 */
export function rowsOf<Row>(all: Row[], crossSection: Row[]): Row[] {
	return isFull ? all : crossSection;
}

/** The number of runs of a property test. For `npm test`, a tenth is enough to find most counterexamples. */
export function tries(inFull: number): number {
	return isFull ? inFull : inFull / 10;
}
