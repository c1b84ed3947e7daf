import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BoundedList } from '../bounded-list.mts';
import { eventOf, webhookBody } from './body.mts';
import { attemptDelivery } from './attempt.mts';
import { signDetached } from './signing.mts';
import type { AccountName } from '../api/access.mts';
import type { Settings, SettingsStore } from '../settings.mts';
import type { Run } from '../state.mts';
import type { Attempt } from './attempt.mts';
import type { WebhookEvent } from './body.mts';
import type { SigningKey, SigningKeys } from './signing.mts';

/** The address of a delivery: that of the published workflow, or that of a workflow being tested. */
export type Purpose = 'production' | 'test';

/** A webhook to one address, pending or completed. */
export interface Delivery {
	id: string;
	runId: string;
	event: WebhookEvent;
	purpose: Purpose;
	address: string;
	/** The headers that the sandbox sets; without the signature until the body is signed. */
	headers: Record<string, string>;
	/** The body, exactly as sent. */
	body: string;
	/** The ID of the signing key. */
	kid: string;
	state: 'pending' | 'delivered' | 'failed';
	attempts: Attempt[];
	createdAt: string;
}

/** The number of stored deliveries. */
const STORED_DELIVERIES = 20_000;

/** The configured addresses. If both are the same, it gets each webhook once. */
function addressesIn({ webhookAddress, webhookTestAddress }: Settings): [Purpose, string][] {
	const addresses: [Purpose, string][] = [];
	if (webhookAddress !== null) addresses.push(['production', webhookAddress]);
	if (webhookTestAddress !== null && webhookTestAddress !== webhookAddress)
		addresses.push(['test', webhookTestAddress]);
	return addresses;
}

/** Delivers webhooks about runs to the configured addresses, and repeats failed attempts. */
export class Webhooks {
	readonly #settings: SettingsStore;
	readonly #keys: Record<AccountName, SigningKeys>;
	readonly #changed: () => void;
	readonly #deliveries = new BoundedList<Delivery>(STORED_DELIVERIES);
	#stopping = new AbortController();

	/** `keys`: of each account. `changed` is called after each attempt. */
	constructor(
		settings: SettingsStore,
		keys: Record<AccountName, SigningKeys>,
		changed: () => void,
	) {
		this.#settings = settings;
		this.#keys = keys;
		this.#changed = changed;
	}

	/** The deliveries so far, oldest first. */
	get deliveries(): readonly Delivery[] {
		return this.#deliveries.all();
	}

	/**
	 * Starts the delivery of a run's status, signed with the key of `account`.
	 *
	 * Returns a delivery for each configured address, production first; each has its own attempts.
	 */
	deliver(run: Run, account: AccountName = 'main'): Delivery[] {
		const key = this.#keys[account].current;
		const body = JSON.stringify(webhookBody(run, this.#settings.current.webhookShape));
		return addressesIn(this.#settings.current).map(([purpose, address]) => {
			const delivery: Delivery = {
				id: randomUUID(),
				runId: run.id,
				event: eventOf(run.status),
				purpose,
				address,
				headers: { 'content-type': 'application/json' },
				body,
				kid: key.kid,
				state: 'pending',
				attempts: [],
				createdAt: new Date().toISOString(),
			};
			this.#deliveries.add(delivery);
			void this.#deliverWithRetries(delivery, key, this.#stopping.signal);
			return delivery;
		});
	}

	/** Cancels pending deliveries and deletes all. */
	reset(): void {
		this.#stopping.abort();
		this.#stopping = new AbortController();
		this.#deliveries.clear();
	}

	async #deliverWithRetries(
		delivery: Delivery,
		key: SigningKey,
		stopped: AbortSignal,
	): Promise<void> {
		const { unencodedPayload, webhookRetries, webhookRetryDelayMs, webhookTimeoutMs } =
			this.#settings.current;
		const body = Buffer.from(delivery.body);
		delivery.headers['JWS-SIGNATURE'] = await signDetached(body, key, unencodedPayload);
		for (let tries = 0; tries <= webhookRetries && !stopped.aborted; tries += 1) {
			if (tries > 0)
				await pause(webhookRetryDelayMs, undefined, { signal: stopped }).catch(() => undefined);
			if (stopped.aborted) break;
			const attempt = await attemptDelivery(delivery, webhookTimeoutMs, stopped);
			delivery.attempts.push(attempt);
			const { status } = attempt;
			if (status !== null && status >= 200 && status < 300) delivery.state = 'delivered';
			else if (tries === webhookRetries) delivery.state = 'failed';
			this.#changed();
			if (delivery.state !== 'pending') return;
		}
		delivery.state = 'failed';
	}
}
