// `npm run build` works on a fresh copy, and fails for code that must not be published.

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROJECT = process.cwd();
const PARTS = [
	'contract',
	'credentials',
	'nodes',
	'icons',
	'gulp',
	'gulpfile.js',
	'index.js',
	'package.json',
	'tsconfig.json',
];
const MODULE = 'nodes/shared/contract/runStatus.ts';

/** Changes to files in a copy of the project. */
type Edits = [file: string, edit: (text: string) => string][];

/** The copies to build. One build reports all wrong imports, so they share a copy. */
const COPIES: Record<string, Edits> = {
	unchanged: [],
	'type error': [[MODULE, (text) => `${text}\nexport const wrong: number = 'text';\n`]],
	imports: [
		[MODULE, (text) => `import axios from 'axios';\n${text}\nexport const get = axios.get;\n`],
		[
			MODULE,
			(text) => `import { readFileSync } from 'node:fs';\n${text}\nexport { readFileSync };\n`,
		],
		[MODULE, (text) => `${text}\nexport const load = (name: string): unknown => require(name);\n`],
	],
	contract: [
		[
			'contract/openapi.yaml',
			(text) =>
				text.replace('companyAddress: { type: string }', 'companyAddress: { type: number }'),
		],
	],
	dependency: [
		[
			'package.json',
			(text) =>
				text.replace(
					'"peerDependencies"',
					'"dependencies": { "axios": "1" },\n  "peerDependencies"',
				),
		],
	],
};

interface Build {
	isBuilt: boolean;
	output: string;
}

/** Runs `npm run build` in a copy. If it fails, returns its output instead of throwing. */
async function build(edits: Edits): Promise<Build> {
	const copy = mkdtempSync(join(tmpdir(), 'transactionlink-build-'));
	try {
		for (const part of PARTS) cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
		symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
		for (const [file, edit] of edits)
			writeFileSync(join(copy, file), edit(readFileSync(join(copy, file), 'utf8')));
		const { stdout, stderr } = await promisify(execFile)('npm', ['run', 'build'], {
			cwd: copy,
			env: { ...process.env, CI: 'true' },
		});
		return { isBuilt: true, output: stdout + stderr };
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		return { isBuilt: false, output: stdout + stderr };
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
}

const builds = new Map<string, Build>();
beforeAll(async () => {
	await Promise.all(
		Object.entries(COPIES).map(async ([name, edits]) => builds.set(name, await build(edits))),
	);
}, 300_000);

describe('the build', () => {
	it('succeeds for the current code', () => {
		expect(builds.get('unchanged')).toMatchObject({ isBuilt: true });
	});

	it.each([
		['a type error', 'type error', /TS2322/],
		['an import of a development dependency', 'imports', /runStatus\.js: imports axios/],
		[
			'an import of a Node module other than node:crypto',
			'imports',
			/runStatus\.js: imports node:fs/,
		],
		['an import with a computed name', 'imports', /not a plain text/],
		['wire types that do not match the contract', 'contract', /npm run contract/],
		['a runtime dependency', 'dependency', /runtime dependencies/],
	])('fails on %s', (_, copy, pattern) => {
		expect(builds.get(copy)).toMatchObject({
			isBuilt: false,
			output: expect.stringMatching(pattern),
		});
	});
});
