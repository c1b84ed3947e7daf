// `npm test`: what a change needs, on any machine with Node and npm. `npm run test:all` (`--all`) adds what needs more:
// n8n 1, queue mode, the editor in a browser, the installer and the long proofs. Steps run one after another; at the
// end stand the slowest tests and one line with the sum. A step that fails keeps no other one from running, except
// where the other one would only fail for the same reason.

import { join } from 'node:path';

import { findChromium, MissingBrowser } from './browser/chromium.mts';
import { tryCommand } from './command.mts';
import { CURRENT_N8N, installN8n, PREVIOUS_N8N } from './n8n/install.mts';
import { packedPackage } from './n8n/package.mts';
import { projectFolder } from './project.mts';
import { findServers, MissingServer } from './queue/binaries.mts';
import { beforeAnEnd } from './signals.mts';
import { runJest } from './test/jest.mts';
import { announce, type StepResult, tellStep, tellSlowest, tellSum } from './test/step.mts';

type Counts = Omit<StepResult, 'name' | 'milliseconds'>;

/** The main job in a real n8n: onboarding with webhook and e-mail, every operation, forged deliveries, credential. */
const MAIN_JOB = 'test/e2e/(onboarding|operations|records-and-files|forged)[.]test';

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

/**
 * Installs n8n while other steps run, and is awaited where it is needed: before jest's clock runs, because no single
 * test may take as long as an installation does.
 */
function installing(...versions: string[]): (version: string) => Promise<unknown> {
	const installed = new Map<string, Promise<unknown>>();
	let before: Promise<unknown> = Promise.resolve();
	for (const version of versions) {
		before = before.then(() => installN8n(version, console.log));
		// A failure is reported by the step that needs this n8n.
		before.catch(() => undefined);
		installed.set(version, before);
	}
	return (version) =>
		installed.get(version) ?? Promise.reject(new Error(`n8n ${version} is not installed.`));
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

async function everyStep(isAll: boolean): Promise<StepResult[]> {
	const n8n = installing(CURRENT_N8N, ...(isAll ? [PREVIOUS_N8N] : []));
	const lint = await step('lint', () => command('npm', 'run', 'lint'));
	const types = await step('types', () => command('npm', 'run', 'types'));
	const build = await step('build, and is the contract current', built);
	const needsBuild = (work: () => Promise<Counts>) => () =>
		build.failed === 0
			? work()
			: Promise.reject(
					new Error('Not run, because it needs the package, and that could not be built.'),
				);
	const inN8n = (version: string, project: 'e2e' | 'e2e-n8n1' | 'browser', ...paths: string[]) =>
		needsBuild(async () => {
			await n8n(version);
			return await runJest(project, ['--runInBand', ...paths]);
		});
	const results = [
		lint,
		types,
		build,
		await step(
			'package',
			needsBuild(() => runJest('package')),
		),
		await step(
			"n8n's scanner",
			needsBuild(() => command(process.execPath, join('scripts', 'scan.mts'))),
		),
		await step('structure', () => command('npm', 'run', 'structure')),
		await step('unit tests', () => runJest('unit')),
		await step("tests in n8n's engine", () => runJest('engine')),
	];
	if (!isAll)
		return [...results, await step('main job in n8n', inN8n(CURRENT_N8N, 'e2e', MAIN_JOB))];
	return [
		...results,
		await step('tests in n8n', inN8n(CURRENT_N8N, 'e2e')),
		await step('tests in n8n 1', inN8n(PREVIOUS_N8N, 'e2e-n8n1')),
		await step("tests in n8n's editor", inN8n(CURRENT_N8N, 'browser')),
	];
}

/** What `npm run test:all` needs on the machine and does not find, with the command that installs it. */
function missing(): string[] {
	return [findServers, findChromium].flatMap((find) => {
		try {
			find();
			return [];
		} catch (error) {
			if (error instanceof MissingServer || error instanceof MissingBrowser) return [error.message];
			throw error;
		}
	});
}

const isAll = process.argv.includes('--all');
// test/long-proofs.mts
if (isAll) process.env['LONG_PROOFS'] = '1';
const lacks = isAll ? missing() : [];
if (lacks.length > 0) {
	console.error(`${lacks.join('\n\n')}\n\n\`npm test\` needs none of this.`);
	process.exit(1);
}
// What is under way ends with this process (command.mts), which a signal alone would not see to.
beforeAnEnd(() => {
	console.log('\nEnded before all was run.');
});
const results = await everyStep(isAll);
tellSlowest(results);
process.exitCode = tellSum(results) === 0 ? 0 : 1;
