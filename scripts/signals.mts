import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const acts = new Set<() => Promise<void> | void>();
let asked: NodeJS.Signals | undefined;
let isListening = false;

async function end(signal: NodeJS.Signals): Promise<void> {
	// Who ends a whole group sends it twice: to this process, and to npm, which passes it on.
	if (asked !== undefined) return;
	asked = signal;
	await Promise.allSettled([...acts].map(async (act) => await act()));
	process.exit(process.exitCode ?? 128 + constants.signals[signal]);
}

/** Whether a signal has asked this process to end, so that nothing new should be started. */
export function isAskedToEnd(): boolean {
	return asked !== undefined;
}

/**
 * Does something before this process ends on a signal, such as Ctrl-C. The process ends when all such actions have.
 *
 * @returns a function that cancels it
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
