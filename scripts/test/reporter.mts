import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import type { Counts, TestResult } from './step.mts';

interface JestTest {
	fullName: string;
	duration?: number | null;
	failureMessages: string[];
}

interface JestFile {
	testFilePath: string;
	/** The project. Missing if the file could not be loaded. */
	displayName?: { name: string };
	/** Why the file could not be loaded. */
	testExecError?: { message: string };
	testResults: JestTest[];
}

/** What jest passes to its reporters, as far as it is read here. */
interface JestResult {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	numPendingTests: number;
	numTodoTests: number;
	testResults: JestFile[];
}

/** The environment variable with the path of the report. */
export const REPORT_VARIABLE = 'TRANSACTIONLINK_JEST_REPORT';

const STACK = /^\s+at .*$/gm;

function failureIn(message: string): string {
	return stripVTControlCharacters(message).replace(STACK, '').trim();
}

function resultsIn(result: JestFile): TestResult[] {
	const { testFilePath, displayName, testExecError, testResults } = result;
	const file = [displayName?.name ?? 'not loaded', basename(testFilePath)].join(' ');
	const failure = failureIn(String(testExecError?.message));
	return [
		...(testExecError === undefined ? [] : [{ name: file, milliseconds: 0, failure }]),
		...testResults.map(({ fullName, duration, failureMessages }) => ({
			name: `${file}: ${fullName}`,
			milliseconds: duration ?? 0,
			...(failureMessages.length === 0 ? {} : { failure: failureIn(failureMessages.join('\n')) }),
		})),
	];
}

/**
 * Writes the counts of a run, the durations of its tests, and why they failed. Jest's own JSON report cannot be written
 * if an error refers to itself, as those of axios do.
 */
export default class CountReporter {
	onRunComplete(_contexts: unknown, result: JestResult): void {
		const counts: Counts = {
			passed: result.numPassedTests,
			// A test file that cannot be loaded counts as one failed test.
			failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
			skipped: result.numPendingTests + result.numTodoTests,
			tests: result.testResults.flatMap(resultsIn),
		};
		writeFileSync(String(process.env[REPORT_VARIABLE]), JSON.stringify(counts));
	}
}
