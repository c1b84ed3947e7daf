import { onAbort } from './abort';
import { monotonicNow } from './clock';

/** The result of work with a deadline. */
export type Ended<Result> =
	| { kind: 'done'; result: Result }
	| { kind: 'timeout' }
	| { kind: 'cancelled' };

/** Long waits may take this much longer, so that those that end at about the same time share a timer. */
const STEP_MILLISECONDS = 100;

/** From which on a wait is long. */
const LONG_MILLISECONDS = 10_000;

/** Running timers, by the time at which they end. */
const timers = new Map<number, AbortSignal>();

/**
 * A timer that uses a monotonic clock, is allowed by n8n's linter, and does not keep the process alive.
 *
 * @param milliseconds from now
 */
function timerFor(milliseconds: number): AbortSignal {
	const now = monotonicNow();
	const step = milliseconds < LONG_MILLISECONDS ? 1 : STEP_MILLISECONDS;
	const end = Math.ceil((now + Math.max(0, milliseconds)) / step) * step;
	const running = timers.get(end);
	if (running !== undefined) return running;
	const timer = AbortSignal.timeout(Math.ceil(end - now));
	timers.set(end, timer);
	onAbort(timer, () => timers.delete(end));
	return timer;
}

/**
 * Waits for work until its deadline or a cancellation. The work itself continues: the caller ends it.
 *
 * A race, because n8n replaces the abort signal of requests with a credential, and its timeout counts only the time
 * without bytes.
 *
 * @param milliseconds from now, in total
 * @param cancel n8n's cancel signal, if there is one
 */
export async function within<Result>(
	work: Promise<Result>,
	milliseconds: number,
	cancel?: AbortSignal,
): Promise<Ended<Result>> {
	let forgetTimer = (): void => {};
	let forgetCancel: (() => void) | undefined;
	const interrupted = new Promise<Ended<Result>>((resolve) => {
		forgetTimer = onAbort(timerFor(milliseconds), () => resolve({ kind: 'timeout' }));
		if (cancel?.aborted === true) resolve({ kind: 'cancelled' });
		else forgetCancel = cancel && onAbort(cancel, () => resolve({ kind: 'cancelled' }));
	});
	const done = work.then((result): Ended<Result> => ({ kind: 'done', result }));
	try {
		return await Promise.race([done, interrupted]);
	} finally {
		forgetTimer();
		forgetCancel?.();
	}
}
