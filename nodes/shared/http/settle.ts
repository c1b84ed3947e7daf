/** The result of a promise, or the reason of its rejection. */
export type Settled<Result> = { result: Result } | { reason: unknown };

/**
 * Waits for a promise without throwing.
 *
 * n8n's linter allows a `catch` only for wrapping an error in one of n8n's errors. This function returns the error as
 * a value for code that depends on it.
 */
export async function settle<Result>(promise: Promise<Result>): Promise<Settled<Result>> {
	const [settled] = await Promise.allSettled([promise]);
	return settled.status === 'fulfilled' ? { result: settled.value } : { reason: settled.reason };
}
