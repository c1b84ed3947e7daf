import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';

import { at, readJsonObject } from '../json.mts';
import { PACKAGE_NAME, projectFolder } from '../project.mts';
import { beforeAnEnd } from '../signals.mts';
import type { Counts, TimedTest } from './step.mts';

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function testsIn(report: Record<string, unknown>): TimedTest[] {
	const tests = listOf(report['testResults']).flatMap((file) =>
		listOf(at(file, 'assertionResults')),
	);
	return tests.map((test) => ({
		name: String(at(test, 'fullName')),
		milliseconds: Number(at(test, 'duration') ?? 0),
	}));
}

/** @throws when jest wrote no report, ran no test, or failed although no test did */
function readCounts(file: string, exitCode: number | undefined): Counts {
	if (!existsSync(file))
		throw new Error(`jest ended with exit code ${exitCode} and wrote no report.`);
	const report = readJsonObject(file);
	const count = (field: string) => Number(report[field] ?? 0);
	const passed = count('numPassedTests');
	// A test file that cannot be loaded counts as one failed test.
	const failed = count('numFailedTests') + count('numRuntimeErrorTestSuites');
	if (failed === 0 && exitCode !== 0)
		throw new Error(`No test failed, but jest ended with exit code ${exitCode}.`);
	if (passed + failed === 0) throw new Error('There was no test to run.');
	const skipped = count('numPendingTests') + count('numTodoTests');
	return { passed, failed, skipped, tests: testsIn(report) };
}

/**
 * Runs one project of jest.config.js.
 *
 * @param project "unit", "engine", "package", "e2e", "e2e-n8n1" or "browser"
 * @param args additional arguments for jest
 * @throws when jest wrote no report, ran no test, or failed although no test did
 */
export async function runJest(project: string, ...args: string[]): Promise<Counts> {
	const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-jest-`));
	const report = join(folder, 'report.json');
	const remove = () => {
		rmSync(folder, { recursive: true, force: true });
	};
	const cancel = beforeAnEnd(remove);
	try {
		const jest = [
			join('scripts', 'bootstrap.mjs'),
			'jest',
			'--selectProjects',
			project,
			'--verbose',
		];
		const { exitCode } = await execa(
			process.execPath,
			[...jest, '--json', `--outputFile=${report}`, ...args],
			// Without the JSON on standard output, which is in the report as well.
			{ cwd: projectFolder, stdio: ['ignore', 'ignore', 'inherit'], reject: false },
		);
		return readCounts(report, exitCode);
	} finally {
		cancel();
		remove();
	}
}
