// `npm test`: every check of this project, one after another, and at the end one line with the sum. A step that
// fails keeps no other one from running, except where the other one would only fail for the same reason.

import { join } from 'node:path';

import { tryCommand } from './command.mts';
import { CURRENT_N8N, installN8n, PREVIOUS_N8N } from './n8n/install.mts';
import { packedPackage } from './n8n/package.mts';
import { projectFolder } from './project.mts';
import { beforeAnEnd } from './signals.mts';
import { runJest } from './test/jest.mts';
import { announce, type StepResult, tellStep, tellSum } from './test/step.mts';

type Counts = Omit<StepResult, 'name' | 'milliseconds'>;

async function command(program: string, ...words: string[]): Promise<Counts> {
	const { code } = await tryCommand(program, words, {
		folder: projectFolder,
		// Nobody looks at a spinner here, and in a file it is pages of noise.
		environment: { CI: 'true' },
		onOutput: (text) => process.stdout.write(text),
	});
	return code === 0
		? { passed: 1, failed: 0, skipped: 0 }
		: { passed: 0, failed: 1, skipped: 0, remark: `It ended with exit code ${code}.` };
}

/** Builds the package, and packs it while it is surely current: the tests in n8n take it from the cache. */
async function built(): Promise<Counts> {
	const counts = await command('npm', 'run', 'build');
	if (counts.failed === 0) await packedPackage({ isBuilt: true, report: console.log });
	return counts;
}

async function inN8n(version: string, project: 'e2e' | 'e2e-n8n1' | 'browser'): Promise<Counts> {
	// Before jest's clock runs: no single test may take as long as an installation does.
	await installN8n(version, console.log);
	return await runJest(project, ['--runInBand']);
}

async function step(name: string, work: () => Promise<Counts>): Promise<StepResult> {
	announce(name);
	const start = Date.now();
	let counts: Counts;
	try {
		counts = await work();
	} catch (error) {
		const remark = error instanceof Error ? error.message : String(error);
		counts = { passed: 0, failed: 1, skipped: 0, remark };
	}
	const result = { name, ...counts, milliseconds: Date.now() - start };
	tellStep(result);
	return result;
}

async function everyStep(): Promise<StepResult[]> {
	const lint = await step('lint', () => command('npm', 'run', 'lint'));
	const types = await step('types', () => command('npm', 'run', 'types'));
	const build = await step('build, and is the contract current', built);
	const needsBuild = (work: () => Promise<Counts>) => () =>
		build.failed === 0
			? work()
			: Promise.reject(
					new Error('Not run, because it needs the package, and that could not be built.'),
				);
	return [
		lint,
		types,
		build,
		await step(
			'the package as it would be published',
			needsBuild(() => runJest('package')),
		),
		await step(
			"n8n's scanner",
			needsBuild(() => command(process.execPath, join('scripts', 'scan.mts'))),
		),
		await step('structure', () => command('npm', 'run', 'structure')),
		await step('tests of the parts', () => runJest('unit')),
		await step("tests in n8n's engine", () => runJest('engine')),
		await step(
			'tests in the real n8n',
			needsBuild(() => inN8n(CURRENT_N8N, 'e2e')),
		),
		await step(
			'tests in the last n8n 1',
			needsBuild(() => inN8n(PREVIOUS_N8N, 'e2e-n8n1')),
		),
		await step(
			"tests in n8n's editor, in a browser",
			needsBuild(() => inN8n(CURRENT_N8N, 'browser')),
		),
	];
}

// What is under way ends with this process (command.mts), which a signal alone would not see to.
beforeAnEnd(() => {
	console.log('\nEnded before all was run.');
});
process.exitCode = tellSum(await everyStep()) === 0 ? 0 : 1;
