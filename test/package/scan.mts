// Runs n8n's own scanner for community packages on a folder, and fails with what it finds:
//
//   node scan.mts source|package <folder>
//
// The scanner's own command scans published packages only, and always exits with 0.

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

// The scanner's own patterns for a built package.
const BUILT_FILE_PATTERNS = ['**/*.js', 'package.json'];

const [kind, folder = ''] = process.argv.slice(2);
const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : BUILT_FILE_PATTERNS;
const { passed, message, details } = await analyzePackage(folder, patterns);
if (!passed) {
	console.log(details ?? message ?? 'The scanner gave no reason.');
	process.exitCode = 1;
}
