import { rmSync } from 'node:fs';

import { closing, type Closing } from '../closing.mts';
import { TakenPort } from '../ports.mts';
import { MissingServer } from '../queue/binaries.mts';
import { FolderInUse } from './home.mts';
import type { Mode } from './mode.mts';
import { readOptions, type StartOptions, UnusableOption } from './options.mts';
import { USAGE } from './usage.mjs';
import { bringUp } from './stage.mts';
import { say, tellAddresses, tellOutcome } from './told.mts';

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
		void ends
			.everything()
			.then(() => process.exit(progress.isUp ? 0 : EXIT_CODE_OF_AN_INTERRUPTION));
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

/** Goes through one onboarding, and comes back with the exit code. */
async function once(mode: Mode, options: StartOptions, ends: Closing): Promise<number> {
	const stage = await bringUp(mode, options, ends);
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
async function stayUp(
	mode: Mode,
	options: StartOptions,
	ends: Closing,
	progress: Progress,
): Promise<void> {
	const stage = await bringUp(mode, options, ends);
	if (stage.whyNoOnboarding === undefined) tellOutcome(await stage.runOnboarding());
	else say(`\nNo onboarding was gone through this time: ${stage.whyNoOnboarding}`);
	tellAddresses(stage);
	progress.isUp = true;
	await stage.n8nEnded;
	if (!progress.isEnding)
		throw new Error(`n8n ended by itself. What it printed is in ${stage.logFile}`);
}

async function run(mode: Mode, options: StartOptions, progress: Progress): Promise<void> {
	const ends = closing();
	endOnSignals(ends, progress);
	try {
		if (options.once) process.exitCode = await once(mode, options, ends);
		else await stayUp(mode, options, ends, progress);
	} finally {
		// After a signal, its own handler ends everything, and this process with it.
		if (!progress.isEnding) await ends.everything();
	}
}

function tellWhy(error: unknown): void {
	const words = error instanceof Error ? error.message : String(error);
	const isForTheReader =
		error instanceof UnusableOption ||
		error instanceof MissingServer ||
		error instanceof TakenPort ||
		error instanceof FolderInUse;
	process.stderr.write(isForTheReader ? `${words}\n` : `\nThis did not work: ${words}\n`);
}

/**
 * Does what the command line of this process asks for: brings everything up, and stays up or ends after one
 * onboarding. Sets the exit code, and tells the person what did not work.
 *
 * @param mode how n8n is run
 */
export async function start(mode: Mode): Promise<void> {
	const progress: Progress = { isUp: false, isEnding: false };
	try {
		const options = readOptions(process.argv.slice(2));
		if (options.help) say(USAGE);
		else await run(mode, options, progress);
	} catch (error) {
		if (!progress.isEnding) {
			tellWhy(error);
			process.exitCode = 1;
		}
	}
}
