/** How a promise ended. */
export type Settled<Result> = { result: Result } | { reason: unknown };

/**
 * Waits for a promise without throwing.
 *
 * n8n's linter allows a `catch` only to wrap what was thrown in one of n8n's errors. Where the code decides by the
 * error, this returns it as a value.
 */
export async function settle<Result>(promise: Promise<Result>): Promise<Settled<Result>> {
	const [settled] = await Promise.allSettled([promise]);
	return settled.status === 'fulfilled' ? { result: settled.value } : { reason: settled.reason };
}
