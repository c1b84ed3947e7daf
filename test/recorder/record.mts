// `npm run record`: records one webhook delivery as a test fixture.

import { messageOf } from '../../scripts/command-line.mts';
import { packageCode } from '../tools/package-code.mts';
import type * as recorder from './main.mts';

// Bundled, because the recorder uses the trigger's own code, whose imports Node.js alone does not find.
const { record } = await packageCode<typeof recorder>('test/recorder/main.mts');
try {
	await record(process.argv.slice(2), process.env['TRANSACTIONLINK_AUTHORIZATION']);
} catch (error) {
	console.error(messageOf(error));
	process.exitCode = 1;
}
// The listener would keep this process running.
process.exit();
