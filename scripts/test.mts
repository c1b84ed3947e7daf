// `npm test`: the checks for a change, on any machine with Node.js and npm. `npm run test:all` (`--all`) adds n8n 1,
// queue mode, the editor in a browser, the installer and the long proofs. A failed step stops only the steps that need
// its result.

import { execa } from 'execa';

import { runProgram } from './command-line.mts';
import { CURRENT_N8N, installN8n, PREVIOUS_N8N } from './n8n/install.mts';
import { packedPackage } from './n8n/package.mts';
import { projectFolder } from './project.mts';
import { onShutdown } from './signals.mts';
import { runJest } from './test/jest.mts';
import { type Counts, printSummary, runStep, type StepResult } from './test/step.mts';

/** The main job in a real n8n: onboarding with webhook and e-mail, every operation, forged deliveries, credential. */
const MAIN_JOB = 'test/e2e/(onboarding|operations|records-and-files|forged)[.]test';

/** Each of these test files has an n8n of its own. It mostly waits, so two processors can serve more than two. */
const IN_N8N_AT_ONCE = '--maxWorkers=3';

async function command(program: string, ...args: string[]): Promise<Counts> {
	await execa(program, args, {
		cwd: projectFolder,
		// CI: without spinners, which fill pages when the output goes to a file.
		env: { CI: 'true' },
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	return { passed: 1, failed: 0, skipped: 0 };
}

/** Builds and packs the package: the tests in n8n take the tarball from the cache. */
async function build(): Promise<Counts> {
	const counts = await command('npm', 'run', 'build');
	await packedPackage({ isBuilt: true, report: console.log });
	return counts;
}

async function runSteps(isAll: boolean): Promise<StepResult[]> {
	// While other steps run, one version after the other.
	const installation = (async () => {
		await installN8n(CURRENT_N8N, console.log);
		if (isAll) await installN8n(PREVIOUS_N8N, console.log);
	})();
	// The step that needs n8n awaits it, and reports why it failed.
	installation.catch(() => undefined);
	const results: StepResult[] = [];
	const step = async (name: string, work: () => Promise<Counts>) => {
		const result = await runStep(name, work);
		results.push(result);
		return result.failed === 0;
	};
	await step('lint', () => command('npm', 'run', 'lint'));
	await step('types', () => command('npm', 'run', 'types'));
	const isBuilt = await step('build, and is the contract current', build);
	const stepWithPackage = (name: string, work: () => Promise<Counts>) =>
		step(name, async () => {
			if (!isBuilt) throw new Error('Not run, because the package could not be built.');
			return await work();
		});
	await stepWithPackage('package', () => runJest(['package']));
	await step('structure', () => command('npm', 'run', 'structure'));
	await step('unit tests', () => runJest(['unit']));
	await step("tests in n8n's engine", () => runJest(['engine']));
	await stepWithPackage(
		isAll ? "tests in n8n 2, n8n 1 and n8n's editor" : 'main job in n8n',
		async () => {
			// Before jest starts, because an installation takes longer than a test may.
			await installation;
			return isAll
				? await runJest(['e2e', 'e2e-n8n1', 'browser'], IN_N8N_AT_ONCE)
				: await runJest(['e2e'], IN_N8N_AT_ONCE, MAIN_JOB);
		},
	);
	return results;
}

await runProgram(async () => {
	const isAll = process.argv.includes('--all');
	// test/long-proofs.mts
	if (isAll) process.env['LONG_PROOFS'] = '1';
	// execa ends a running command when this process exits, which a signal alone would not cause.
	onShutdown(() => {
		console.log('\nEnded before all steps were run.');
	});
	if (printSummary(await runSteps(isAll)) > 0) process.exitCode = 1;
});
