import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { execa } from 'execa';

import { cacheFolder } from '../project.mts';

/** The n8n that this package is developed and tested with. */
export const CURRENT_N8N = '2.41.1';

/** The last n8n 1 that this package is tested with. */
export const PREVIOUS_N8N = '1.123.81';

const PROGRESS_INTERVAL_MILLISECONDS = 15_000;

/** Whether a version is an n8n 1. */
export const isN8n1 = (version: string): boolean => version.startsWith('1.');

// n8n 1 depends on a build of xlsx that is only on its vendor's own server.
function overridesFor(version: string): Record<string, string> {
	return isN8n1(version) ? { xlsx: '0.18.5' } : {};
}

// Native modules need the headers of the Node.js that will load them. A Node.js from a package or a tarball has them in
// its own folder; for any other one node-gyp finds them.
function buildEnvironment(): Record<string, string> {
	const nodeFolder = dirname(dirname(process.execPath));
	const hasHeaders = existsSync(join(nodeFolder, 'include', 'node', 'node.h'));
	return hasHeaders ? { npm_config_nodedir: nodeFolder } : {};
}

async function npm(folder: string, what: string, report: (line: string) => void, args: string[]) {
	report(`${what} ...`);
	const start = Date.now();
	const timer = setInterval(() => {
		report(`${what} ... ${Math.round((Date.now() - start) / 1000)} s so far`);
	}, PROGRESS_INTERVAL_MILLISECONDS);
	try {
		await execa('npm', [...args, '--no-audit', '--no-fund'], {
			cwd: folder,
			env: buildEnvironment(),
			stdin: 'ignore',
		});
	} finally {
		clearInterval(timer);
	}
}

/**
 * Installs an n8n from npm, unless it is installed. An interrupted installation is repeated from the start.
 *
 * @param version e.g. CURRENT_N8N
 * @param report gets lines for the user: each step, and every 15 seconds that it is still running
 * @returns the path of n8n's program
 * @throws with npm's output when npm fails
 */
export async function installN8n(
	version: string,
	report: (line: string) => void = () => undefined,
): Promise<string> {
	const folder = join(cacheFolder, 'n8n', version);
	const stamp = join(folder, '.complete');
	if (!existsSync(stamp)) {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		const manifest = { name: 'local-n8n', private: true, overrides: overridesFor(version) };
		writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
		// Without scripts: some of them download from servers that a company's network may block.
		const install = ['install', `n8n@${version}`, '--save-exact', '--ignore-scripts'];
		await npm(folder, `Installing n8n ${version} (3 GB, three to five minutes)`, report, install);
		// The project's own npm settings, which are inherited, switch scripts off.
		const rebuild = ['rebuild', 'sqlite3', '--ignore-scripts=false'];
		await npm(folder, "Building n8n's database driver (one to two minutes)", report, rebuild);
		writeFileSync(stamp, '');
	}
	return join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}
