// Asks n8n's own scanner for community packages about this one, the way n8n does before it verifies a package:
// once about the source, and once about what `npm publish` would send. The scanner's own command only knows
// packages that are published, and ends with exit code 0 whatever it finds.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

import { runCommand } from './command.mts';
import { pack } from './n8n/package.mts';
import { PACKAGE_NAME, projectFolder } from './project.mts';

// As in the scanner itself: of the built package it looks at these.
const BUILT_FILE_PATTERNS = ['**/*.js', 'package.json'];

async function scan(what: string, folder: string, patterns: string[]): Promise<boolean> {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(`${passed ? 'passed' : 'FAILED'}  ${what}`);
	if (!passed) console.log(details ?? message ?? 'The scanner gave no reason.');
	return passed;
}

async function scanTarball(): Promise<boolean> {
	const tarball = await pack();
	const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-scan-`));
	try {
		await runCommand('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { folder });
		return await scan('the package as it would be published', folder, BUILT_FILE_PATTERNS);
	} finally {
		rmSync(folder, { recursive: true, force: true });
		rmSync(dirname(tarball), { recursive: true, force: true });
	}
}

const sourcePassed = await scan('the source', projectFolder, SOURCE_FILE_PATTERNS);
const tarballPassed = await scanTarball();
process.exitCode = sourcePassed && tarballPassed ? 0 : 1;
