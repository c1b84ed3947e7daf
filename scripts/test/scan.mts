// Runs n8n's own scanner for community packages, as n8n does before it verifies a package: on the source, and on the
// files that `npm publish` would publish. The scanner's own command scans published packages only, and always exits
// with 0.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { execa } from 'execa';

import { pack } from '../n8n/package.mts';
import { PACKAGE_NAME, projectFolder } from '../project.mts';

// The scanner's own patterns for a built package.
const BUILT_FILE_PATTERNS = ['**/*.js', 'package.json'];

async function scan(what: string, folder: string, patterns: string[]): Promise<void> {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(`${passed ? 'passed' : 'FAILED'}  ${what}`);
	if (passed) return;
	console.log(details ?? message ?? 'The scanner gave no reason.');
	process.exitCode = 1;
}

await scan('the source', projectFolder, SOURCE_FILE_PATTERNS);
const tarball = await pack();
const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-scan-`));
try {
	await execa('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	await scan('the package as it would be published', folder, BUILT_FILE_PATTERNS);
} finally {
	rmSync(folder, { recursive: true, force: true });
	rmSync(dirname(tarball), { recursive: true, force: true });
}
