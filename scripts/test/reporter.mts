import { writeFileSync } from 'node:fs';

import type { Counts } from './step.mts';

/** What jest passes to its reporters, as far as it is read here. */
interface JestResult {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	numPendingTests: number;
	numTodoTests: number;
	testResults: { testResults: { fullName: string; duration?: number | null }[] }[];
}

/** The environment variable with the path of the report. */
export const REPORT_VARIABLE = 'TRANSACTIONLINK_JEST_REPORT';

/**
 * Writes the counts of a run and the durations of its tests. Jest's own JSON report contains the errors as well, and
 * cannot be written if one of them refers to itself, as those of axios do.
 */
export default class CountReporter {
	onRunComplete(_contexts: unknown, result: JestResult): void {
		const counts: Counts = {
			passed: result.numPassedTests,
			// A test file that cannot be loaded counts as one failed test.
			failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
			skipped: result.numPendingTests + result.numTodoTests,
			tests: result.testResults
				.flatMap(({ testResults }) => testResults)
				.map(({ fullName, duration }) => ({ name: fullName, milliseconds: duration ?? 0 })),
		};
		writeFileSync(String(process.env[REPORT_VARIABLE]), JSON.stringify(counts));
	}
}
