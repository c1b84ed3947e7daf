import { monotonicNow } from '../../shared/http/clock';
import { FIRST_LIMIT, HIGHEST_LIMIT, Limiter } from '../../shared/http/limiter';
import { Slots } from './slots';

/** Slots whose number a limiter determines. */
interface Automatic {
	limiter: Limiter;
	slots: Slots;
}

const MOST_KNOWN = 100;

/** By kind of work, credential and base URL; the last one used is at the end. */
const known = new Map<string, Automatic>();

/**
 * The slots that all executions in this process with the same credential share: the server does not distinguish
 * executions, and each one continues with the limit that the last one determined.
 *
 * @param transfersFiles these operations have slots of their own, whose number does not grow
 */
export function automaticSlots(
	credentialId: string,
	baseUrl: string,
	transfersFiles = false,
): Automatic {
	const key = JSON.stringify([transfersFiles, credentialId, baseUrl]);
	const now = monotonicNow();
	for (const [name, { limiter }] of known) if (limiter.isOutdated(now)) known.delete(name);
	const found = known.get(key) ?? create(transfersFiles ? FIRST_LIMIT : HIGHEST_LIMIT);
	known.delete(key);
	known.set(key, found);
	const [oldest] = known.keys();
	if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
	return found;
}

function create(highest: number): Automatic {
	const limiter = new Limiter(highest);
	return { limiter, slots: new Slots(limiter) };
}
