// `npm start`: a local TransactionLink, a mail server and a real n8n with this package. `npm run demo` (`--once`) uses
// a temporary folder and ends after one onboarding. `npm run start:queue` (`--queue`) runs n8n in queue mode.

import { rmSync } from 'node:fs';

import { runProgram, UserError } from './command-line.mts';
import { onShutdown } from './signals.mts';
import { startEnvironment } from './start/environment.mts';
import { readStartOptions } from './start/options.mts';
import { printAddresses, printOutcome } from './start/output.mts';

await runProgram(async () => {
	const options = readStartOptions();
	await using ends = new AsyncDisposableStack();
	onShutdown(async () => {
		console.log('\nEnding n8n, the sandbox and the mail server ...');
		await ends.disposeAsync();
	});
	const environment = await startEnvironment(options, ends);
	const { whyNoOnboarding, logFile, userFolder } = environment;
	if (whyNoOnboarding !== undefined) console.log(`\nNo onboarding was run: ${whyNoOnboarding}`);
	const outcome = whyNoOnboarding === undefined ? await environment.runOnboarding() : undefined;
	if (outcome !== undefined) printOutcome(outcome);
	if (!options.once) {
		printAddresses(environment);
		// The exit code of Ctrl-C from now on.
		process.exitCode = 0;
		await environment.n8nEnded;
		throw new UserError(`n8n ended by itself. Its output is in ${logFile}`);
	}
	await ends.disposeAsync();
	if (outcome?.missing.length !== 0)
		throw new UserError(`The onboarding did not complete. n8n's log: ${logFile}`);
	rmSync(userFolder, { recursive: true, force: true });
	console.log('\nThe onboarding completed.');
});
