import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Handler = () => Promise<void> | void;

const handlers = new Set<Handler>();
let signal: NodeJS.Signals | undefined;
let isListening = false;

async function end(received: NodeJS.Signals): Promise<void> {
	// Who ends a whole group sends it twice: to this process, and to npm, which passes it on.
	if (signal !== undefined) return;
	signal = received;
	await Promise.allSettled([...handlers].map(async (handle) => await handle()));
	process.exit(process.exitCode ?? 128 + constants.signals[received]);
}

/** Whether a signal has asked this process to end, so that nothing new should be started. */
export function isShuttingDown(): boolean {
	return signal !== undefined;
}

/**
 * Runs a handler before this process ends on a signal, such as Ctrl-C. The process ends when all handlers have.
 *
 * @returns a function that removes it
 */
export function onShutdown(handler: Handler): () => void {
	handlers.add(handler);
	if (!isListening) for (const one of SIGNALS) process.on(one, (received) => void end(received));
	isListening = true;
	return () => void handlers.delete(handler);
}
