import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import { projectFolder, temporaryFolder } from '../project.mts';
import { onShutdown } from '../signals.mts';
import { REPORT_VARIABLE } from './reporter.mts';
import type { Counts } from './step.mts';

const REPORTER = join(projectFolder, 'scripts', 'test', 'reporter.mts');

/** @throws when jest wrote no report, ran no test, or failed although no test did */
function readCounts(file: string, exitCode: number | undefined): Counts {
	if (!existsSync(file))
		throw new Error(`jest ended with exit code ${exitCode} and wrote no report.`);
	const counts: Counts = JSON.parse(readFileSync(file, 'utf8'));
	if (counts.failed === 0 && exitCode !== 0)
		throw new Error(`No test failed, but jest ended with exit code ${exitCode}.`);
	if (counts.passed + counts.failed === 0) throw new Error('There was no test to run.');
	return counts;
}

/**
 * Runs projects of jest.config.js.
 *
 * @param projects of "unit", "engine", "package", "e2e", "e2e-n8n1" and "browser"
 * @param args additional arguments for jest
 * @throws when jest wrote no report, ran no test, or failed although no test did
 */
export async function runJest(projects: string[], ...args: string[]): Promise<Counts> {
	await using ends = new AsyncDisposableStack();
	ends.defer(onShutdown(() => ends.disposeAsync()));
	const report = join(temporaryFolder('jest', ends), 'report.json');
	const { exitCode } = await execa(
		process.execPath,
		[
			...[join('scripts', 'bootstrap.mjs'), 'jest', ...args],
			...['--selectProjects', ...projects, '--verbose'],
			...['--reporters=default', `--reporters=${REPORTER}`],
		],
		{
			cwd: projectFolder,
			stdio: ['ignore', 'inherit', 'inherit'],
			env: { [REPORT_VARIABLE]: report },
			reject: false,
		},
	);
	return readCounts(report, exitCode);
}
