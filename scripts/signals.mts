import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const acts = new Set<() => Promise<void> | void>();
let asked: NodeJS.Signals | undefined;
let isListening = false;

async function end(signal: NodeJS.Signals): Promise<void> {
	// Whoever ends a whole group sends it twice: once to this, once to who passes it on.
	if (asked !== undefined) return;
	asked = signal;
	await Promise.allSettled(
		[...acts].map(async (act) => {
			await act();
		}),
	);
	process.exit(128 + constants.signals[signal]);
}

/** Whether a signal has asked this process to end, so that nothing new should be begun. */
export function isAskedToEnd(): boolean {
	return asked !== undefined;
}

/**
 * Does something when a signal asks this process to end, as Ctrl-C does; the process ends when everything of that kind
 * is done. Without this, a signal ends it in the middle, and nothing is put in order.
 *
 * @returns takes it back
 */
export function beforeAnEnd(act: () => Promise<void> | void): () => void {
	acts.add(act);
	if (!isListening)
		for (const signal of SIGNALS) process.on(signal, (received) => void end(received));
	isListening = true;
	return () => {
		acts.delete(act);
	};
}
