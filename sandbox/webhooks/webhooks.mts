import axios from 'axios';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BoundedList } from '../state.mts';
import { eventOf, webhookBody } from './body.mts';
import { signDetached } from './signing.mts';
import type { SettingsStore } from '../settings.mts';
import type { Run } from '../state.mts';
import type { WebhookEvent } from './body.mts';
import type { SigningKeys } from './signing.mts';

/** One try of delivering a webhook. */
export interface Attempt {
	/** When it was sent, ISO 8601. */
	at: string;
	/** What the receiver answered, or null when it did not. */
	status: number | null;
	/** Why there was no answer, or null. */
	error: string | null;
	durationMs: number;
}

/**
 * Posts a webhook once.
 *
 * In: the raw body, its signature, and how long to wait for the answer (milliseconds). Never throws: an
 * attempt without an answer has the reason in `error`.
 */
async function attemptDelivery(
	address: string,
	body: Buffer,
	signature: string,
	patienceMs: number,
	stopped: AbortSignal,
): Promise<Attempt> {
	const begin = performance.now();
	const at = new Date().toISOString();
	const patience = AbortSignal.timeout(patienceMs);
	const ended = (status: number | null, error: string | null): Attempt => ({
		at,
		status,
		error,
		durationMs: Math.round(performance.now() - begin),
	});
	try {
		const { status } = await axios.post(address, body, {
			headers: { 'content-type': 'application/json', 'JWS-SIGNATURE': signature },
			signal: AbortSignal.any([patience, stopped]),
			maxRedirects: 0,
			proxy: false,
			responseType: 'text',
			validateStatus: () => true,
		});
		return ended(status, null);
	} catch (failure) {
		if (patience.aborted) return ended(null, `no answer within ${patienceMs} ms`);
		return ended(null, failure instanceof Error ? failure.message : String(failure));
	}
}

/** A webhook on its way or past it. */
export interface Delivery {
	id: string;
	runId: string;
	event: WebhookEvent;
	address: string;
	/** The body, exactly as sent. */
	body: string;
	/** The key that it is signed with. */
	kid: string;
	state: 'pending' | 'delivered' | 'failed';
	attempts: Attempt[];
	createdAt: string;
}

/** How many deliveries are remembered. */
const REMEMBERED_DELIVERIES = 20_000;

/** Tells the set address of runs that changed, and tries again where that did not work. */
export class Webhooks {
	readonly #settings: SettingsStore;
	readonly #keys: SigningKeys;
	readonly #deliveries = new BoundedList<Delivery>(REMEMBERED_DELIVERIES);
	#stopping = new AbortController();

	constructor(settings: SettingsStore, keys: SigningKeys) {
		this.#settings = settings;
		this.#keys = keys;
	}

	/** The deliveries so far, oldest first. */
	get deliveries(): readonly Delivery[] {
		return this.#deliveries.all();
	}

	/** Starts telling of a run's status. Out: the delivery, or null when no address is set. */
	announce(run: Run): Delivery | null {
		const { webhookAddress, webhookShape } = this.#settings.current;
		if (webhookAddress === null) return null;
		const delivery: Delivery = {
			id: randomUUID(),
			runId: run.id,
			event: eventOf(run.status),
			address: webhookAddress,
			body: JSON.stringify(webhookBody(run, webhookShape)),
			kid: this.#keys.current.kid,
			state: 'pending',
			attempts: [],
			createdAt: new Date().toISOString(),
		};
		this.#deliveries.add(delivery);
		void this.#deliver(delivery, this.#stopping.signal);
		return delivery;
	}

	/** Gives up what is on its way and forgets all deliveries. */
	reset(): void {
		this.#stopping.abort();
		this.#stopping = new AbortController();
		this.#deliveries.clear();
	}

	async #deliver(delivery: Delivery, stopped: AbortSignal): Promise<void> {
		const { unencodedPayload, webhookRetries, webhookRetryDelayMs, webhookPatienceMs } =
			this.#settings.current;
		const body = Buffer.from(delivery.body);
		const signature = await signDetached(body, this.#keys.current, unencodedPayload);
		for (let tries = 0; tries <= webhookRetries && !stopped.aborted; tries += 1) {
			if (tries > 0)
				await pause(webhookRetryDelayMs, undefined, { signal: stopped }).catch(() => undefined);
			if (stopped.aborted) break;
			const attempt = await attemptDelivery(
				delivery.address,
				body,
				signature,
				webhookPatienceMs,
				stopped,
			);
			delivery.attempts.push(attempt);
			if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
				delivery.state = 'delivered';
				return;
			}
		}
		delivery.state = 'failed';
	}
}
