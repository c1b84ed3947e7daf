// `npm run record`: records one webhook delivery as a test fixture.

import { messageOf } from './command-line.mts';
import { packageCode } from './package-code.mts';
import type * as recorder from './recorder/main.mts';

// Bundled, because the recorder uses the trigger's own code, whose imports Node.js alone does not find.
const { record } = await packageCode<typeof recorder>('scripts/recorder/main.mts');
try {
	await record(process.argv.slice(2), process.env['TRANSACTIONLINK_AUTHORIZATION']);
} catch (error) {
	console.error(messageOf(error));
	process.exitCode = 1;
}
// Or the timeout of the trigger's key request would keep this process running for eight seconds.
process.exit();
