import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { Outcome } from '../shared/contract/runStatus';
import { inBatches } from './batches';
import { readBody, type Body } from './body';
import { Deadline } from './deadline';
import { eventIdOf, eventOf, isDecided, outcomeIn, reportsEnd, type EventName } from './event';
import { readEvents, type EventFields } from './eventFields';
import { cachedKey, findKey } from './keys';
import { LazyClient, type Account } from './lazyClient';
import type { Options } from './options';
import { RunLookup, type Lookup } from './runLookup';
import { isSignedWith, readSignature, type Signature } from './signature';
import { defined } from '../shared/json';

/** The verified signature of a delivery, as the item contains it. */
export interface VerifiedSignature {
	verified: boolean;
	keyId: string | null;
}

/** A rejected delivery. The reason is for the log, never for the sender. */
export class Rejection {
	readonly status: 401 | 503;

	readonly reason: string;

	constructor(status: 401 | 503, reason: string) {
		this.status = status;
		this.reason = reason;
	}
}

/** One event of a delivery, interpreted. */
export interface DeliveryEvent {
	fields: EventFields;
	event: EventName;
	eventId: string;
	/** The status in the delivery, or otherwise the one that TransactionLink returned. */
	status: string | null;
	outcome: Outcome | null;
	payload: unknown;
	/** The delivery reports the end of a run, but TransactionLink returns the run as pending. */
	isContradicted: boolean;
	/** Undefined when the run was not looked up. */
	lookup?: Lookup;
}

/** One delivery. Nothing of its body is parsed before its signature is verified. */
export class Delivery {
	readonly deadline = new Deadline();

	private readonly client: LazyClient;

	private readonly runs: RunLookup;

	private readonly context: IWebhookFunctions;

	private readonly options: Options;

	constructor(context: IWebhookFunctions, options: Options) {
		this.context = context;
		this.options = options;
		this.client = new LazyClient(context);
		this.runs = new RunLookup(this.client, this.deadline, options.confirmRun);
	}

	/** While a user listens for a test event, every verified delivery starts the workflow. */
	get isTest(): boolean {
		return this.context.getMode() === 'manual';
	}

	/**
	 * Verifies that TransactionLink signed the delivery, with a key of the credential's account.
	 *
	 * @throws NodeOperationError when the credential cannot be used
	 */
	async verify(): Promise<VerifiedSignature | Rejection> {
		if (!this.options.verifySignature) return { verified: false, keyId: null };
		// First, so that neither body nor credential is read without a possible signature.
		const signature = readSignature(this.context.getHeaderData()['jws-signature']);
		if ('invalid' in signature) return new Rejection(401, signature.invalid);
		const known = await this.client.account();
		// Only a cached key does not need the credential: a key is fetched for the credential's current account, which
		// may have changed.
		if (cachedKey(known, signature.keyId) === undefined)
			return await this.verifyWith(signature, await this.client.currentAccount());
		const verified = await this.verifyWith(signature, known);
		if (verified instanceof Rejection || !this.options.confirmRun) return verified;
		// Confirm Run reads the credential anyway.
		const current = await this.client.currentAccount();
		return current.id === known.id && current.baseUrl === known.baseUrl
			? verified
			: await this.verifyWith(signature, current);
	}

	private async verifyWith(
		signature: Signature,
		account: Account,
	): Promise<VerifiedSignature | Rejection> {
		const found = await this.deadline.race(findKey(account, this.client, signature.keyId));
		if (found === 'late') return new Rejection(503, 'the key could not be fetched in time');
		if ('key' in found) {
			return isSignedWith(signature, await this.rawBody(), found.key)
				? { verified: true, keyId: signature.keyId }
				: new Rejection(401, 'the signature does not match the body');
		}
		return found.missing === 'unknown'
			? new Rejection(401, 'TransactionLink has no such key for this credential')
			: new Rejection(503, `the key could not be fetched: ${found.reason}`);
	}

	private async rawBody(): Promise<Buffer> {
		const request = this.context.getRequestObject();
		if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
		return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
	}

	/** Reads the body; only for a verified delivery. */
	async body(): Promise<Body> {
		const contentType: unknown = this.context.getHeaderData()['content-type'];
		return readBody(await this.rawBody(), typeof contentType === 'string' ? contentType : '');
	}

	/**
	 * Finds out what the delivery reports. If the body is not sufficient, the run is looked up.
	 *
	 * @returns at least one event
	 */
	async interpret({ value, payload }: Body): Promise<DeliveryEvent[] | Rejection> {
		const bytes = await this.rawBody();
		const found = readEvents(value);
		const events = await inBatches(found, async (one) => {
			const isPart = 'element' in one;
			const content = isPart ? JSON.stringify(one.element) : bytes;
			const shown = isPart && payload === value ? one.element : payload;
			return await this.interpretOne(one.fields, content, shown);
		});
		const rejected = events.find((event) => event instanceof Rejection);
		return (
			rejected ?? events.filter((event): event is DeliveryEvent => !(event instanceof Rejection))
		);
	}

	private async interpretOne(
		fields: EventFields,
		content: Buffer | string,
		payload: unknown,
	): Promise<DeliveryEvent | Rejection> {
		const { workflowId } = fields;
		const isLookedUp = fields.status === null || (this.options.confirmRun && !isDecided(fields));
		const lookup =
			isLookedUp && workflowId !== null ? await this.runs.lookUp(workflowId) : undefined;
		const currentStatus = lookup?.found === true ? lookup.status : undefined;
		const evidence = { fields, currentStatus };
		const event = eventOf(evidence);
		const isGuess = fields.status === null && !reportsEnd(fields) && event !== 'awaiting';
		if (lookup?.found === false && !lookup.isUnknown && isGuess && !this.isTest) {
			return new Rejection(503, `the status of the run is missing: ${lookup.reason}`);
		}
		return {
			fields,
			event,
			eventId: eventIdOf(evidence.fields, event, content),
			status: fields.status ?? currentStatus ?? null,
			outcome: outcomeIn(evidence, event),
			payload,
			isContradicted:
				fields.status === null && reportsEnd(fields) && event !== 'completed' && event !== 'failed',
			...defined({ lookup }),
		};
	}

	/** Looks the run of an event up with this credential. */
	async confirm(event: DeliveryEvent): Promise<DeliveryEvent> {
		const { fields } = event;
		if (!this.options.confirmRun || fields.workflowId === null) return event;
		const lookup = event.lookup ?? (await this.runs.lookUp(fields.workflowId));
		const currentStatus = lookup.found ? lookup.status : undefined;
		return { ...event, lookup, outcome: outcomeIn({ fields, currentStatus }, event.event) };
	}

	/** Fetches the result of the event's run; see `RunLookup.fetchResult`. */
	async fetchResult({ fields }: DeliveryEvent): Promise<IDataObject> {
		return await this.runs.fetchResult(fields.workflowId);
	}
}
