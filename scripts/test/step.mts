import { messageOf } from '../command-line.mts';

export interface TestResult {
	name: string;
	milliseconds: number;
	/** Why it failed: what was expected and what came, without the lines of the stack. */
	failure?: string;
}

/** The numbers of tests of a step, which is one test if it runs no test files. */
export interface Counts {
	passed: number;
	failed: number;
	/** Left out on purpose. */
	skipped: number;
	tests?: TestResult[];
}

/** The result of a step. */
export interface StepResult extends Counts {
	name: string;
	milliseconds: number;
}

const SLOWEST_SHOWN = 10;

/** Enough of a failure to know its cause. All of it stands where the test ran. */
const FAILURE_CHARACTERS = 1_000;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Runs a step and prints its result. If `work` throws, the step has failed. */
export async function runStep(name: string, work: () => Promise<Counts>): Promise<StepResult> {
	console.log(`\n=== ${name} ===\n`);
	const start = Date.now();
	const counts = await work().catch((error: unknown): Counts => {
		console.log(`\n    ${messageOf(error)}`);
		return { passed: 0, failed: 1, skipped: 0 };
	});
	const milliseconds = Date.now() - start;
	const result = counts.failed === 0 ? 'passed' : 'FAILED';
	console.log(`\n--- ${name}: ${result} in ${seconds(milliseconds)}`);
	return { name, ...counts, milliseconds };
}

/**
 * Prints the slowest tests, the table of all steps, the failed tests, and, as the last line, the sums.
 *
 * @returns the number of failed tests
 */
export function printSummary(results: StepResult[]): number {
	const tests = results.flatMap((result) => result.tests ?? []);
	tests.sort((one, other) => other.milliseconds - one.milliseconds);
	console.log('\nThe slowest tests:');
	for (const { name, milliseconds } of tests.slice(0, SLOWEST_SHOWN))
		console.log(`${seconds(milliseconds).padStart(9)}  ${name}`);
	const rows = results.map(({ name, passed, failed, skipped, milliseconds }) => {
		const result = failed === 0 ? 'passed' : 'FAILED';
		return [name, { result, passed, failed, skipped, time: seconds(milliseconds) }];
	});
	console.table(Object.fromEntries(rows));
	for (const { name, failure } of tests)
		if (failure !== undefined)
			console.log(`\nFAILED: ${name}\n${failure.slice(0, FAILURE_CHARACTERS)}`);
	const sum = (count: 'passed' | 'failed') =>
		results.reduce((total, result) => total + result[count], 0);
	console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
	return sum('failed');
}
