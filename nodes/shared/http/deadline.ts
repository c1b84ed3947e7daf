/** How work under a deadline ended. */
export type Ended<Result> =
	| { kind: 'done'; result: Result }
	| { kind: 'timeout' }
	| { kind: 'cancelled' };

/**
 * Waits for work, but no longer than its deadline, and not beyond a cancellation. The work itself goes on: the caller
 * ends it.
 *
 * It is a race, because n8n replaces the abort signal of a request with a credential by its own, and its timeout counts
 * only the time without bytes. The timer is that of `AbortSignal.timeout`: it runs on a monotonic clock, is allowed by
 * n8n's linter, and does not keep the process alive.
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
		// Thousands of requests share one cancel signal: none may leave its listener behind.
		timer.removeEventListener('abort', onTimeout);
		cancel?.removeEventListener('abort', onCancel);
	}
}
