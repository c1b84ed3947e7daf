// `npm run record`: records one webhook delivery as a test fixture.

import type * as main from './record/main.mts';
import { packageCode } from './package-code.mts';

// Bundled, because the recorder uses the trigger's own code, whose imports Node.js alone does not find.
const { record } = await packageCode<typeof main>('scripts/record/main.mts');
try {
	await record(process.argv.slice(2), process.env['TRANSACTIONLINK_AUTHORIZATION']);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
