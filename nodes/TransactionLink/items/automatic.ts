import { monotonicNow } from '../../shared/http/clock';
import { Limiter } from '../../shared/http/limiter';
import { Slots } from './concurrency';

/** Slots whose number a limiter finds out. */
interface Automatic {
	limiter: Limiter;
	slots: Slots;
}

const MOST_KNOWN = 100;

/** Those of this process, by credential and base URL, the one that was used last at the end. */
const known = new Map<string, Automatic>();

/**
 * The slots that all executions of this process share which use the same credential: the server knows nothing of
 * executions, and each of them finds the number that the last one has found out.
 */
export function automaticSlots(credentialId: string, baseUrl: string): Automatic {
	const key = JSON.stringify([credentialId, baseUrl]);
	const now = monotonicNow();
	for (const [name, { limiter }] of known) if (limiter.isOutdated(now)) known.delete(name);
	const found = known.get(key) ?? create();
	known.delete(key);
	known.set(key, found);
	const [oldest] = known.keys();
	if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
	return found;
}

function create(): Automatic {
	const limiter = new Limiter();
	return { limiter, slots: new Slots(limiter) };
}
