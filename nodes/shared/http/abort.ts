/** Functions to call when a signal aborts, and the one listener that calls them. */
interface Shared {
	calls: Set<() => void>;
	listener: () => void;
}

const known = new WeakMap<AbortSignal, Shared>();

function share(signal: AbortSignal): Shared {
	const calls = new Set<() => void>();
	const listener = (): void => {
		for (const call of calls) call();
	};
	const shared = { calls, listener };
	known.set(signal, shared);
	signal.addEventListener('abort', listener, { once: true });
	return shared;
}

/**
 * Calls a function when a signal aborts.
 *
 * Thousands of requests share one signal. It has a single listener for all of them, because removing a listener takes
 * longer the more there are. Without functions it has none, because Node 20 keeps signals with a listener in memory.
 *
 * @param signal not aborted yet: afterwards, nothing calls the function
 * @returns a function that takes the other one back; to be called once
 */
export function onAbort(signal: AbortSignal, call: () => void): () => void {
	const { calls, listener } = known.get(signal) ?? share(signal);
	calls.add(call);
	return () => {
		calls.delete(call);
		if (calls.size > 0) return;
		signal.removeEventListener('abort', listener);
		known.delete(signal);
	};
}
