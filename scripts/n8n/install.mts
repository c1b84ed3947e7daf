import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { runCommand } from '../command.mts';
import { cacheFolder } from '../project.mts';
import { withSignsOfLife } from '../waiting.mts';

/** The n8n that this package is tried with and built against. */
export const CURRENT_N8N = '2.41.1';

/** The last n8n 1 that this package is tried with. */
export const PREVIOUS_N8N = '1.123.81';

// n8n 1 asks for a build of xlsx that is only on its vendor's own server.
function overridesFor(version: string): Record<string, string> {
	return version.startsWith('1.') ? { xlsx: '0.18.5' } : {};
}

// Native modules have to be built against the headers of the Node that will load them. A Node that came as a
// package or a tarball has them beside it; for any other one node-gyp knows where to look.
function buildEnvironment(): Record<string, string> {
	const nodeFolder = dirname(dirname(process.execPath));
	const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
	return existsSync(join(nodeFolder, 'include', 'node', 'node.h'))
		? { PATH: path, npm_config_nodedir: nodeFolder }
		: { PATH: path };
}

async function npm(folder: string, words: string[]): Promise<void> {
	await runCommand('npm', [...words, '--no-audit', '--no-fund'], {
		folder,
		environment: buildEnvironment(),
	});
}

async function installInto(
	folder: string,
	version: string,
	report: (line: string) => void,
): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const manifest = { name: 'n8n-for-trying-out', private: true, overrides: overridesFor(version) };
	writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);

	report(`Installing n8n ${version} (three to five minutes, 3 GB) ...`);
	await withSignsOfLife(`Installing n8n ${version}`, report, () =>
		// Without scripts: some of them fetch from places that a company's network does not let through.
		npm(folder, ['install', `n8n@${version}`, '--save-exact', '--ignore-scripts']),
	);
	report('Building the database driver that n8n keeps its data with (one to two minutes) ...');
	await withSignsOfLife('Building the database driver', report, () =>
		// Said aloud, because this project's own npm settings say the opposite and are handed down.
		npm(folder, ['rebuild', 'sqlite3', '--ignore-scripts=false']),
	);
}

/**
 * Has a real n8n ready to start, and installs it from npm when it is not there. An installation that was
 * interrupted is thrown away and done again.
 *
 * @param version e.g. CURRENT_N8N
 * @param report gets lines for a person: what is being done, and every 15 seconds that it goes on
 * @returns the path of n8n's program
 * @throws with npm's own words when npm does not succeed
 */
export async function installN8n(version: string, report: (line: string) => void): Promise<string> {
	const folder = join(cacheFolder, 'n8n', version);
	const stamp = join(folder, '.complete');
	if (!existsSync(stamp)) {
		if (existsSync(folder)) {
			report(`The last installation of n8n ${version} was interrupted. Doing it again ...`);
			rmSync(folder, { recursive: true, force: true });
		}
		await installInto(folder, version, report);
		writeFileSync(stamp, '');
	}
	return join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}
