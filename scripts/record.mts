// `npm run record`: takes one webhook delivery and makes a fixture for the tests of it.

import { record } from './record/main.mts';
import { readOptions, UnusableOption, USAGE } from './record/options.mts';

try {
	const options = readOptions(process.argv.slice(2));
	if (options.help) console.log(USAGE);
	else await record(options, process.env['TRANSACTIONLINK_AUTHORIZATION']);
} catch (error) {
	if (!(error instanceof Error)) throw error;
	const isPortTrouble = 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
	if (!isPortTrouble && !(error instanceof UnusableOption)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
