import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	NodeApiError,
} from 'n8n-workflow';
import { CREDENTIAL_NAME } from '../authentication/credential';
import { cancelledBefore } from '../authentication/renewal';
import { Session, type RequestContext } from '../authentication/session';
import type { Attempt } from '../http/attempt';
import { monotonicNow } from '../http/clock';
import type { Health, Limiter } from '../http/limiter';
import { pause } from '../http/pause';
import type { Response } from '../http/response';
import {
	healthOf,
	isTransient,
	LONGEST_PAUSE_MILLISECONDS,
	pauseBeforeRepeating,
	retryAfter,
} from '../http/retry';
import { settle } from '../http/settle';
import { transferTime } from '../http/transferTime';
import { operationError, noResponseError, unreadable } from './errors';
import {
	isIdempotent,
	requestOptions,
	type Request,
	type RetryPolicy,
	type Signals,
} from './request';
import type { Sent } from './sent';
import { listIn, objectIn } from './success';

const RETRY_POLICY: RetryPolicy = { attempts: 4, timeoutMilliseconds: 30_000 };

const TOTAL_MILLISECONDS = 60_000;

/** Sends requests to TransactionLink: adds base URL, version and credential, and repeats them. */
export class Client {
	/** TransactionLink asked for no requests until then (monotonic clock). One response applies to all requests. */
	private quietUntil = 0;

	readonly context: RequestContext;

	/** Read once: n8n copies the node each time. */
	private readonly node: INode;

	private limiter: Limiter | undefined;

	private readonly session: Session;

	private readonly retryPolicy: RetryPolicy;

	/** Ends pauses and retries. */
	private readonly endSignal: AbortSignal | undefined;

	/** @throws UserError when the base URL must not get a secret */
	constructor(
		context: RequestContext,
		stored: ICredentialDataDecryptedObject,
		retryPolicy: RetryPolicy,
		{ cancel, stop }: Signals,
	) {
		this.context = context;
		this.node = context.getNode();
		this.session = new Session(context, stored, cancel);
		this.retryPolicy = retryPolicy;
		this.endSignal =
			cancel !== undefined && stop !== undefined
				? AbortSignal.any([cancel, stop])
				: (cancel ?? stop);
	}

	/** The address of TransactionLink, without a trailing slash. */
	get baseUrl(): string {
		return this.session.credential.baseUrl;
	}

	/** Reports every request to a limiter from now on. */
	reportTo(limiter: Limiter): void {
		this.limiter = limiter;
	}

	/**
	 * Sends a request, and repeats it if that is safe and may help.
	 *
	 * @returns the response, whatever its status: the caller decides what a status means
	 * @throws NodeApiError when no response arrived, NodeOperationError when there is no token
	 */
	async send(request: Request): Promise<Response> {
		const policy = request.retryPolicy ?? this.retryPolicy;
		const end = monotonicNow() + (policy.totalMilliseconds ?? TOTAL_MILLISECONDS);
		let attempt: Attempt | undefined;
		for (let count = 1; ; count += 1) {
			if (!(await this.awaitRetryAfter()))
				return this.responseOf(attempt ?? cancelledBefore(), request);
			attempt = await this.attempt(request, policy);
			this.noteRetryAfter(attempt);
			const wait = pauseBeforeRepeating(attempt, isIdempotent(request), {
				attempt: count,
				attempts: policy.attempts,
				left: end - monotonicNow(),
				now: Date.now(),
				chance: Math.random(),
			});
			// The sign-in was already repeated for all requests that wait for it.
			if (wait === undefined || attempt.kind === 'notSent')
				return this.responseOf(attempt, request);
			await pause(wait, this.endSignal);
			if (this.isEnded()) return this.responseOf(attempt, request);
		}
	}

	/**
	 * Sends a request whose response is a JSON object.
	 *
	 * @returns the response's body, unchanged and not checked against the contract
	 * @throws NodeApiError with a message for the user when the response is not a readable success
	 */
	async object(request: Request): Promise<IDataObject> {
		const response = await this.send(request);
		return objectIn(this.sent(request), response);
	}

	/** The same for a request whose response is a list of JSON objects. */
	async list(request: Request): Promise<IDataObject[]> {
		const response = await this.send(request);
		return listIn(this.sent(request), response);
	}

	/** The error for a successful response that lacks a required field. */
	unreadable(request: Request, body: IDataObject): NodeApiError {
		return unreadable(this.sent(request), { status: 200, headers: {}, body });
	}

	/** How long TransactionLink still wants no requests, in milliseconds. */
	get quietFor(): number {
		return Math.max(0, this.quietUntil - monotonicNow());
	}

	/** A sent request, with the data for its error messages. */
	sent(request: Request): Sent {
		const { secrets, credential } = this.session;
		return {
			node: this.node,
			request,
			hasOrganizationToken: credential.authentication === 'organizationToken',
			secrets,
		};
	}

	private isEnded(): boolean {
		return this.endSignal?.aborted === true;
	}

	private noteRetryAfter(attempt: Attempt): void {
		const asked =
			attempt.kind === 'response' && isTransient(attempt)
				? retryAfter(attempt.response, Date.now())
				: undefined;
		// Longer pauses end the requests instead, and their messages contain the pause.
		if (asked === undefined || asked > LONGEST_PAUSE_MILLISECONDS) return;
		this.quietUntil = Math.max(this.quietUntil, monotonicNow() + asked);
	}

	/** Waits as long as TransactionLink asked for. @returns whether that time is over, and not the execution before it */
	private async awaitRetryAfter(): Promise<boolean> {
		while (this.quietFor > 0) {
			if (this.isEnded()) return false;
			await pause(this.quietFor, this.endSignal);
		}
		return true;
	}

	private responseOf(attempt: Attempt, request: Request): Response {
		if (attempt.kind === 'response') return attempt.response;
		throw noResponseError(this.sent(request), attempt);
	}

	private async attempt(request: Request, { timeoutMilliseconds }: RetryPolicy): Promise<Attempt> {
		// Large files take longer.
		const milliseconds = timeoutMilliseconds + transferTime(request.form?.size ?? 0);
		const flight = this.limiter?.begin(request.purpose.action, monotonicNow());
		let health: Health = 'unknown';
		try {
			const attempt = await this.session.send(requestOptions(request, this.baseUrl), milliseconds);
			health = healthOf(attempt);
			return attempt;
		} finally {
			request.form?.close();
			// The duration of a file depends on its size.
			const isComparable = request.form === undefined || health === 'overloaded';
			flight?.end(monotonicNow(), isComparable ? health : 'unknown');
		}
	}
}

/**
 * Opens a client for one execution or one delivery.
 *
 * @param stop ends retries, see `Signals`
 * @throws NodeOperationError when the base URL must not get a secret
 */
export async function openClient(
	context: RequestContext,
	retryPolicy: RetryPolicy = RETRY_POLICY,
	stop?: AbortSignal,
): Promise<Client> {
	const cancel =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const opened = await settle(
		context
			.getCredentials(CREDENTIAL_NAME)
			.then((stored) => new Client(context, stored, retryPolicy, { cancel, stop })),
	);
	if ('result' in opened) return opened.result;
	throw operationError(context.getNode(), opened.reason);
}
