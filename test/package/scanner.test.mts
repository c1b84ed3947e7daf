// n8n's own scanner, which n8n runs before it verifies a package, accepts the source and the published files.

import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import { projectFolder } from '../../scripts/project.mts';
import { unpackBuilt, type UnpackedPackage } from './unpacked.mts';

/** What the scanner finds. */
async function scan(kind: 'source' | 'package', folder: string): Promise<string> {
	const program = join(projectFolder, 'test', 'package', 'scan.mts');
	const { exitCode, all } = await execa(process.execPath, [program, kind, folder], {
		all: true,
		reject: false,
		// With jest's "test", n8n's rules expect the names of their own test files.
		env: { NODE_ENV: 'production' },
	});
	return exitCode === 0 ? '' : `exit code ${exitCode}: ${all}`;
}

let unpacked: UnpackedPackage;
beforeAll(async () => {
	unpacked = await unpackBuilt();
});
afterAll(() => unpacked.remove());

it('accepts the source', async () => expect(await scan('source', projectFolder)).toBe(''));

it('accepts the package as it would be published', async () =>
	expect(await scan('package', unpacked.folder)).toBe(''));

it('rejects a package that reads an environment variable', async () => {
	appendFileSync(join(unpacked.folder, 'index.js'), '\nexports.home = process.env.HOME;\n');
	expect(await scan('package', unpacked.folder)).toContain('process');
});
