/** A test, and how long it took. */
export interface TimedTest {
	name: string;
	milliseconds: number;
}

/** What one step of `npm test` came to. */
export interface StepResult {
	name: string;
	passed: number;
	failed: number;
	/** Tests that were left out on purpose. */
	skipped: number;
	milliseconds: number;
	/** Its slowest tests first; missing where it consists of no tests. */
	slowest?: TimedTest[];
	/** One sentence about what went wrong besides the tests, or nothing. */
	remark?: string;
}

/** Prints the headline that a step begins with. */
export function announce(name: string): void {
	console.log(`\n=== ${name} ===\n`);
}

function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Prints how a step ended, right behind its own output. */
export function tellStep({ name, failed, milliseconds, remark }: StepResult): void {
	console.log(`\n--- ${name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${seconds(milliseconds)}`);
	if (remark !== undefined) console.log(`    ${remark}`);
}

const SLOWEST_SHOWN = 10;

/** Prints the slowest tests of all steps. */
export function tellSlowest(results: StepResult[]): void {
	const slowest = results
		.flatMap(({ slowest: tests = [] }) => tests)
		.sort((one, other) => other.milliseconds - one.milliseconds)
		.slice(0, SLOWEST_SHOWN);
	console.log('\nThe slowest tests:');
	for (const { name, milliseconds } of slowest)
		console.log(`${seconds(milliseconds).padStart(9)}  ${name}`);
}

/**
 * Prints the table of all steps, and last, alone on its line, the sum.
 *
 * @returns the number of failed ones
 */
export function tellSum(results: StepResult[]): number {
	const width = Math.max(...results.map(({ name }) => name.length));
	console.log(`\n${'step'.padEnd(width)}  result  passed  failed  skipped       time`);
	for (const { name, passed, failed, skipped, milliseconds } of results) {
		console.log(
			[
				name.padEnd(width),
				(failed === 0 ? 'passed' : 'FAILED').padEnd(6),
				String(passed).padStart(6),
				String(failed).padStart(6),
				String(skipped).padStart(7),
				seconds(milliseconds).padStart(9),
			].join('  '),
		);
	}
	const sum = (count: (result: StepResult) => number) =>
		results.reduce((total, result) => total + count(result), 0);
	const failed = sum((result) => result.failed);
	console.log(`\n${sum((result) => result.passed)} passed, ${failed} failed`);
	return failed;
}
