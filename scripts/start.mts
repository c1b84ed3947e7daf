// `npm start`: a local TransactionLink, a mail server and a real n8n with this package in it. `npm run demo`
// (`--once`) does the same in a folder of its own, and ends after one onboarding.

import { rmSync } from 'node:fs';

import { closing, type Closing } from './start/closing.mts';
import { FolderInUse } from './start/home.mts';
import { readOptions, type StartOptions, UnusableOption, USAGE } from './start/options.mts';
import { bringUp } from './start/stage.mts';
import { say, tellAddresses, tellOutcome } from './start/told.mts';
import { TakenPort } from './ports.mts';

const EXIT_CODE_OF_AN_INTERRUPTION = 130;

/** What the signals of the terminal have to know. */
interface Progress {
	isUp: boolean;
	isEnding: boolean;
}

function endOnSignals(ends: Closing, progress: Progress): void {
	const end = () => {
		if (progress.isEnding) return;
		progress.isEnding = true;
		say('\nEnding n8n, the sandbox and the mail server ...');
		void ends.everything().then(() => process.exit(progress.isUp ? 0 : EXIT_CODE_OF_AN_INTERRUPTION));
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

/** Goes through one onboarding, and comes back with the exit code. */
async function once(options: StartOptions, ends: Closing): Promise<number> {
	const stage = await bringUp(options, ends);
	const outcome = await stage.runOnboarding();
	tellOutcome(outcome);
	await ends.everything();
	if (outcome.missing.length > 0) {
		say(`\nNot all of it was seen. What n8n printed is in ${stage.logFile}`);
		return 1;
	}
	rmSync(stage.userFolder, { recursive: true, force: true });
	say('\nAll of it was seen.');
	return 0;
}

/** Stays up until n8n goes. */
async function stayUp(options: StartOptions, ends: Closing, progress: Progress): Promise<void> {
	const stage = await bringUp(options, ends);
	if (stage.whyNoOnboarding === undefined) tellOutcome(await stage.runOnboarding());
	else say(`\nNo onboarding was gone through this time: ${stage.whyNoOnboarding}`);
	tellAddresses(stage);
	progress.isUp = true;
	await stage.n8nEnded;
	if (!progress.isEnding) throw new Error(`n8n ended by itself. What it printed is in ${stage.logFile}`);
}

async function start(options: StartOptions, progress: Progress): Promise<void> {
	const ends = closing();
	endOnSignals(ends, progress);
	try {
		if (options.once) process.exitCode = await once(options, ends);
		else await stayUp(options, ends, progress);
	} finally {
		// After a signal, its own handler ends everything, and this process with it.
		if (!progress.isEnding) await ends.everything();
	}
}

function tellWhy(error: unknown): void {
	const words = error instanceof Error ? error.message : String(error);
	const isForTheReader =
		error instanceof UnusableOption || error instanceof TakenPort || error instanceof FolderInUse;
	process.stderr.write(isForTheReader ? `${words}\n` : `\nThis did not work: ${words}\n`);
}

const progress: Progress = { isUp: false, isEnding: false };
try {
	const options = readOptions(process.argv.slice(2));
	if (options.help) say(USAGE);
	else await start(options, progress);
} catch (error) {
	if (!progress.isEnding) {
		tellWhy(error);
		process.exitCode = 1;
	}
}
