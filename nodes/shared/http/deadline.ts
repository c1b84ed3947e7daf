/** The result of work with a deadline. */
export type Ended<Result> =
	| { kind: 'done'; result: Result }
	| { kind: 'timeout' }
	| { kind: 'cancelled' };

/**
 * Waits for work until its deadline or a cancellation. The work itself continues: the caller ends it.
 *
 * A race, because n8n replaces the abort signal of requests with a credential, and its timeout counts only the time
 * without bytes. The timer of `AbortSignal.timeout` uses a monotonic clock, is allowed by n8n's linter, and does not
 * keep the process alive.
 *
 * @param milliseconds from now, in total
 * @param cancel n8n's cancel signal, if there is one
 */
export async function within<Result>(
	work: Promise<Result>,
	milliseconds: number,
	cancel?: AbortSignal,
): Promise<Ended<Result>> {
	const timer = AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds)));
	let onTimeout = (): void => {};
	let onCancel = (): void => {};
	const interrupted = new Promise<Ended<Result>>((resolve) => {
		onTimeout = () => resolve({ kind: 'timeout' });
		onCancel = () => resolve({ kind: 'cancelled' });
		timer.addEventListener('abort', onTimeout, { once: true });
		cancel?.addEventListener('abort', onCancel, { once: true });
		if (cancel?.aborted === true) onCancel();
	});
	const done = work.then((result): Ended<Result> => ({ kind: 'done', result }));
	try {
		return await Promise.race([done, interrupted]);
	} finally {
		// Thousands of requests share one cancel signal, so each must remove its listener.
		timer.removeEventListener('abort', onTimeout);
		cancel?.removeEventListener('abort', onCancel);
	}
}
