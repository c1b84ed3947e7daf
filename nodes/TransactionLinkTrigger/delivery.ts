import { NodeApiError, sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';
import { isWithinBounds } from '../shared/http/bounds';
import { getWorkflow } from '../shared/api/endpoints';
import { awaitResult } from '../shared/api/result';
import { eventIdOf, eventOf, readPayload, type EventName, type Told } from './event';
import { findKey } from './keys';
import { lazyClient, type LazyClient } from './lazyClient';
import { isSignedWith, type Signature } from './signature';

/** The sender gives up after 10 seconds; an answer has to be on its way before. */
const PATIENCE_MILLISECONDS = 8_500;

/** One delivery, from the bytes that arrived to what they say. */
export interface Delivery {
	body: Buffer;
	payload: unknown;
	sender: LazyClient;
	/** Resolves when the sender will not wait any longer. */
	patience: Promise<'late'>;
}

/** The signature of a delivery, as the output shows it. */
export interface SignatureShown {
	verified: boolean;
	keyId: string | null;
}

/** Not to be taken: with which status to answer, and why, for the log alone. */
export interface NotTaken {
	status: 401 | 503;
	reason: string;
}

function parsed(body: Buffer): unknown {
	const text = body.toString('utf8');
	if (text.trim() === '') return null;
	try {
		const payload: unknown = JSON.parse(text);
		// What is nested without end is handed on as the text that it is, and so is what is no JSON.
		return isWithinBounds(payload) ? payload : text;
	} catch {
		return text;
	}
}

/**
 * Takes in what arrived. The payload is parsed from the very bytes that are verified.
 *
 * @throws NodeOperationError when the credential cannot be used
 */
export async function receive(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody();
	const body = Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
	return {
		body,
		payload: parsed(body),
		sender: await lazyClient(context),
		patience: sleep(PATIENCE_MILLISECONDS).then(() => 'late' as const),
	};
}

/**
 * Finds out whether TransactionLink sent it.
 *
 * @param signature what the header `JWS-SIGNATURE` claims
 * @returns the id of the key, or why the delivery is not to be taken
 */
export async function verified(
	{ body, sender, patience }: Delivery,
	signature: Signature,
): Promise<SignatureShown | NotTaken> {
	const found = await Promise.race([findKey(sender, signature.keyId), patience]);
	if (found === 'late') return { status: 503, reason: 'the key could not be fetched in time' };
	if ('missing' in found) {
		return found.missing === 'unknown'
			? { status: 401, reason: 'TransactionLink does not know the key' }
			: {
					status: 503,
					reason: [
						'the key could not be fetched from TransactionLink',
						found.because && `(${found.because})`,
					]
						.filter(Boolean)
						.join(' '),
				};
	}
	if (!isSignedWith(signature, body, found.key)) {
		return { status: 401, reason: 'the signature does not fit the body' };
	}
	return { verified: true, keyId: signature.keyId };
}

/** What happened, as far as the body and, where it is silent, TransactionLink tell. */
export interface Happening {
	told: Told;
	status: string | null;
	event: EventName;
	eventId: string;
}

/** Whether the body's own word for the event says what kind it is, so that it can do without the status. */
function isTelling(told: Told): boolean {
	return eventOf(told, null) !== 'statusChanged';
}

/** Whether TransactionLink itself says that there is no such run: it will not know it later either. */
function isUnknownRun(thrown: unknown): boolean {
	return thrown instanceof NodeApiError && thrown.httpCode === '404';
}

/**
 * Reads what a delivery says. Where its body does not tell the run's status, TransactionLink is asked.
 *
 * @returns what happened, or that it cannot be told right now
 * @throws NodeOperationError when it has to be asked and the credential cannot be used
 */
export async function understand({
	body,
	payload,
	sender,
	patience,
}: Delivery): Promise<Happening | NotTaken> {
	const told = readPayload(payload);
	let { status } = told;
	if (status === null && told.workflowId !== null) {
		const connection = await sender.connection();
		const [asked] = await Promise.allSettled([
			Promise.race([getWorkflow(connection, told.workflowId), patience]),
		]);
		if (asked.status === 'fulfilled' && asked.value !== 'late') status = asked.value.status || null;
		else if (!isTelling(told) && (asked.status === 'fulfilled' || !isUnknownRun(asked.reason))) {
			// Not to be taken for a change that nobody chose, and lost: the sender will try again.
			return {
				status: 503,
				reason: 'the status of the run could not be fetched from TransactionLink',
			};
		}
	}
	const event = eventOf(told, status);
	return { told, status, event, eventId: eventIdOf(told, event, status, body) };
}

/**
 * Fetches the result within the sender's patience. The event is worth more than its result: what goes wrong
 * here is told beside it.
 *
 * @returns `{ result }`, with `resultError` when it is null
 */
export async function resultOf(
	{ sender, patience }: Delivery,
	workflowId: string | null,
): Promise<IDataObject> {
	if (workflowId === null)
		return { result: null, resultError: 'The delivery does not tell which run it is about' };
	const rest = async (milliseconds: number): Promise<boolean> =>
		(await Promise.race([sleep(milliseconds), patience])) !== 'late';
	const find = async (): ReturnType<typeof awaitResult> =>
		await awaitResult(await sender.connection(), workflowId, rest);
	const [asked] = await Promise.allSettled([Promise.race([find(), patience])]);
	if (asked.status === 'rejected') {
		return {
			result: null,
			resultError:
				asked.reason instanceof Error ? asked.reason.message : 'The result could not be fetched',
		};
	}
	if (asked.value === 'late')
		return { result: null, resultError: 'TransactionLink did not give the result in time' };
	if ('run' in asked.value)
		return { result: null, resultError: 'TransactionLink has no result for the run' };
	return { result: asked.value.result };
}
