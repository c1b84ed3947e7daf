import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { CURRENT_N8N, installN8n } from '../../scripts/n8n/install.mts';
import { pack } from '../../scripts/n8n/package.mts';
import { projectFolder } from '../../scripts/project.mts';
import type { Row } from '../row.mts';
import { inTurns } from '../turns.mts';

const OURS = [
	'nodes/TransactionLink/TransactionLink.node.js',
	'nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.js',
	'credentials/TransactionLinkApi.credentials.js',
];
const THEIRS = [
	'nodes/Github/Github.node.js',
	'nodes/Github/GithubTrigger.node.js',
	'credentials/GithubApi.credentials.js',
];

// As n8n does at its start: it reads each file and makes one of the class in it, which puts the description together.
// What both of them need of n8n is there already, as in an n8n that runs.
const PROGRAM = `
	const { basename } = require('node:path');
	const [, ...files] = process.argv;
	require('n8n-workflow');
	const start = performance.now();
	files.forEach((file) => new (require(file)[basename(file).split('.')[0]])());
	console.log(performance.now() - start);
`;

async function loaded(files: string[], modules: string): Promise<number> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['--eval', PROGRAM, '--', ...files],
		{ cwd: modules, env: { ...process.env, NODE_PATH: modules } },
	);
	return Number(stdout);
}

/** In a fresh process each time. */
export const loading: Row = {
	name: 'loading',
	what: "time to load the package's modules",
	theirs: 'GitHub node and trigger',
	unit: 'ms',
	goal: { of: 'ratio', is: 'atMost', value: 0.5 },
	async measure({ rounds }) {
		const n8n = await installN8n(CURRENT_N8N);
		const modules = n8n.slice(0, n8n.indexOf('node_modules') + 'node_modules'.length);
		const theirs = THEIRS.map((file) => join(modules, 'n8n-nodes-base', 'dist', file));
		// Outside the project, whose own n8n-workflow would be loaded instead of n8n's.
		const place = mkdtempSync(join(tmpdir(), 'transactionlink-loading-'));
		cpSync(join(projectFolder, 'dist'), place, { recursive: true });
		try {
			const ours = OURS.map((file) => join(place, file));
			return await inTurns(
				rounds * 3,
				() => loaded(ours, modules),
				() => loaded(theirs, modules),
			);
		} finally {
			rmSync(place, { recursive: true, force: true });
		}
	},
};

/** The smallest of three comparable community packages: Firecrawl (71), Evolution API and PandaDoc (87 each). */
const SMALLEST_KILOBYTES = 71;

/** As npm would publish it. */
export const tarball: Row = {
	name: 'tarball',
	what: 'size of the tarball',
	theirs: 'smallest of three packages',
	unit: 'kB',
	goal: { of: 'ours', is: 'atMost', value: 60 },
	async measure() {
		const file = await pack();
		const { size } = statSync(file);
		rmSync(dirname(file), { recursive: true, force: true });
		return { ours: [size / 1_000], theirs: [SMALLEST_KILOBYTES] };
	},
};
