import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { tryCommand } from '../command.mts';
import { at, readJsonObject } from '../json.mts';
import { PACKAGE_NAME, projectFolder } from '../project.mts';
import { beforeAnEnd } from '../signals.mts';
import type { StepResult, TimedTest } from './step.mts';

type Counts = Pick<StepResult, 'passed' | 'failed' | 'skipped' | 'slowest' | 'remark'>;

function count(report: Record<string, unknown>, field: string): number {
	const value = at(report, field);
	return typeof value === 'number' ? value : 0;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function slowestIn(report: Record<string, unknown>): TimedTest[] {
	return listOf(report['testResults'])
		.flatMap((file) => listOf(at(file, 'assertionResults')))
		.map((test) => ({
			name: String(at(test, 'fullName')),
			milliseconds: Number(at(test, 'duration') ?? 0),
		}))
		.sort((one, other) => other.milliseconds - one.milliseconds)
		.slice(0, 10);
}

function readCounts(file: string, code: number): Counts {
	if (!existsSync(file)) {
		return {
			passed: 0,
			failed: 1,
			skipped: 0,
			remark: `jest ended with exit code ${code} and without a report.`,
		};
	}
	const report = readJsonObject(file);
	const passed = count(report, 'numPassedTests');
	const skipped = count(report, 'numPendingTests') + count(report, 'numTodoTests');
	// A file that cannot even be loaded has no tests that could fail.
	const broken = count(report, 'numRuntimeErrorTestSuites');
	const failed = count(report, 'numFailedTests') + broken;
	if (failed === 0 && code !== 0) {
		return {
			passed,
			failed: 1,
			skipped,
			remark: `No test failed, but jest ended with exit code ${code}.`,
		};
	}
	if (passed + failed === 0)
		return { passed, failed: 1, skipped, remark: 'There was no test to run.' };
	return { passed, failed, skipped, slowest: slowestIn(report) };
}

/**
 * Runs one of the projects of jest.config.js, with its output as it comes.
 *
 * @param project "unit", "engine", "package", "e2e", "e2e-n8n1" or "browser"
 * @param jestArguments beside the usual ones
 * @returns how many of its tests passed and failed; a test file that cannot be loaded counts as one failed
 */
export async function runJest(project: string, jestArguments: string[] = []): Promise<Counts> {
	const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-jest-`));
	const report = join(folder, 'report.json');
	const remove = () => {
		rmSync(folder, { recursive: true, force: true });
	};
	const forget = beforeAnEnd(remove);
	try {
		const finished = await tryCommand(
			process.execPath,
			[
				join('node_modules', 'jest', 'bin', 'jest.js'),
				'--selectProjects',
				project,
				'--verbose',
				'--json',
				`--outputFile=${report}`,
				...jestArguments,
			],
			{ folder: projectFolder, onOutput: (text) => process.stdout.write(text) },
		);
		return readCounts(report, finished.code);
	} finally {
		forget();
		remove();
	}
}
