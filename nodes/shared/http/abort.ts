/** By signal; removed with it. */
const known = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * The functions to call when a signal aborts: add one, and delete it when it is no longer needed.
 *
 * Thousands of requests share one signal. It has a single listener for all of them, because removing a listener takes
 * longer the more there are.
 *
 * @param signal not aborted yet
 */
export function onAbort(signal: AbortSignal): Set<() => void> {
	const found = known.get(signal);
	if (found !== undefined) return found;
	const added = new Set<() => void>();
	known.set(signal, added);
	const call = (): void => {
		for (const one of added) one();
	};
	signal.addEventListener('abort', call, { once: true });
	return added;
}
