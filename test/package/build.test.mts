// `npm run build` works on a fresh copy, and fails for what must not be published.

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

let copy: string;
beforeEach(() => {
	copy = mkdtempSync(join(tmpdir(), 'transactionlink-build-'));
	for (const part of PARTS) cpSync(join(PROJECT, part), join(copy, part), { recursive: true });
	symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => {
	rmSync(copy, { recursive: true, force: true });
});

function change(file: string, edit: (text: string) => string): void {
	writeFileSync(join(copy, file), edit(readFileSync(join(copy, file), 'utf8')));
}

/** What `npm run build` says: nothing is thrown, so that a test can look at what went wrong. */
async function build(): Promise<{ isBuilt: boolean; output: string }> {
	try {
		const { stdout, stderr } = await promisify(execFile)('npm', ['run', 'build'], {
			cwd: copy,
			env: { ...process.env, CI: 'true' },
		});
		return { isBuilt: true, output: stdout + stderr };
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		return { isBuilt: false, output: stdout + stderr };
	}
}

describe('the build', () => {
	it('succeeds as things are', async () => {
		expect(await build()).toMatchObject({ isBuilt: true });
	});

	it.each<[string, string, (text: string) => string, RegExp]>([
		[
			'a type error',
			'nodes/shared/contract/runStatus.ts',
			(text) => `${text}\nexport const wrong: number = 'text';\n`,
			/TS2322/,
		],
		[
			'an import of a development dependency',
			'nodes/shared/contract/runStatus.ts',
			(text) => `import axios from 'axios';\n${text}\nexport const get = axios.get;\n`,
			/runStatus\.js: imports axios/,
		],
		[
			'an import of another module of Node',
			'nodes/shared/contract/runStatus.ts',
			(text) =>
				`import { readFileSync } from 'node:fs';\n${text}\nexport const read = readFileSync;\n`,
			/runStatus\.js: imports node:fs/,
		],
		[
			'an import whose name nobody can tell',
			'nodes/shared/contract/runStatus.ts',
			(text) => `${text}\nexport const load = (name: string): unknown => require(name);\n`,
			/not a plain text/,
		],
		[
			'wire types that are not those of the contract',
			'contract/openapi.yaml',
			(text) =>
				text.replace('companyAddress: { type: string }', 'companyAddress: { type: number }'),
			/npm run contract/,
		],
		[
			'a runtime dependency',
			'package.json',
			(text) =>
				text.replace(
					'"peerDependencies"',
					'"dependencies": { "axios": "1" },\n  "peerDependencies"',
				),
			/runtime dependencies/,
		],
	])('fails on %s', async (_, file, edit, words) => {
		change(file, edit);
		const { isBuilt, output } = await build();
		expect(isBuilt).toBe(false);
		expect(output).toMatch(words);
	});
});
