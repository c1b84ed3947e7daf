import {
	NodeOperationError,
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';
import { readResponse, type Response } from '../http/response';
import { isIdempotent, type Request, type RetryPolicy } from './request';
import {
	CREDENTIAL_NAME,
	origin,
	readCredential,
	unsealed,
	type Credential,
} from '../authentication/credential';
import { unanswered } from './errors';
import { listIn, objectIn } from './success';
import { attemptFailedWith, type Attempt } from '../http/attempt';
import { pause } from '../http/pause';
import { renewalOf, type Renewal } from '../authentication/renewal';
import {
	isPassing,
	LONGEST_PAUSE_MILLISECONDS,
	pauseBeforeRepeating,
	retryAfter,
} from '../http/retry';
import { SignInError } from '../authentication/signIn';
import { timeOnTheWay } from '../http/transferTime';
import { StoredCredential, type RequestContext } from '../authentication/storedCredential';

const PATIENCE: RetryPolicy = { attempts: 4, timeoutMilliseconds: 30_000 };

function operationError(node: INode, thrown: unknown): NodeOperationError {
	if (thrown instanceof UserError) {
		return new NodeOperationError(node, thrown.message, { description: thrown.description ?? '' });
	}
	return new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown));
}

/** The one way to TransactionLink: base URL, version, credential, repetition. */
export class Client {
	private signInRefusal: Attempt | undefined;

	private hasToken: boolean;

	/** Until when TransactionLink wants no requests, in milliseconds since 1970: what it tells one counts for all. */
	private quietUntil = 0;

	private readonly renewal: Renewal;

	readonly context: RequestContext;

	private readonly stored: StoredCredential;

	private readonly credential: Credential;

	private readonly retryPolicy: RetryPolicy;

	private readonly signal: AbortSignal | undefined;

	constructor(
		context: RequestContext,
		stored: ICredentialDataDecryptedObject,
		patience: RetryPolicy,
		signal: AbortSignal | undefined,
	) {
		const credential = readCredential(stored);
		this.context = context;
		this.credential = credential;
		this.retryPolicy = patience;
		this.signal = signal;
		this.hasToken = unsealed(credential) !== undefined;
		const { id } = context.getNode().credentials?.[CREDENTIAL_NAME] ?? {};
		this.renewal = renewalOf(`${id ?? ''} ${origin(credential)}`);
		this.stored = new StoredCredential(context, stored, this.renewal);
	}

	/** Where this goes, for whatever is kept per place (keys of webhooks, say). */
	get baseUrl(): string {
		return this.credential.baseUrl;
	}

	/**
	 * Sends a call, and again where that is safe and helps.
	 *
	 * @returns the answer, whatever its status: what a status means is for the caller to say
	 * @throws NodeApiError when no answer came, NodeOperationError when the credential is wrong
	 */
	async send(call: Request): Promise<Response> {
		for (let attempt = 1; ; attempt += 1) {
			await this.quiet();
			const outcome = await this.attempt(call);
			this.heed(outcome);
			const wait = pauseBeforeRepeating(outcome, !isIdempotent(call), {
				attempt,
				attempts: (call.retryPolicy ?? this.retryPolicy).attempts,
				now: Date.now(),
				chance: Math.random(),
			});
			if (wait === undefined || this.signal?.aborted) return this.answerOf(outcome, call);
			await pause(wait, this.signal);
		}
	}

	/**
	 * Sends a request whose response is a JSON object.
	 *
	 * @returns the response's body, unchanged: what the contract says of its fields is a promise of the vendor
	 * @throws NodeApiError in words for the user when the response is anything but a success that can be read
	 */
	async object(request: Request): Promise<IDataObject> {
		return objectIn(this.context.getNode(), request, await this.send(request));
	}

	/** The same for a request whose response is a list of JSON objects. */
	async list(request: Request): Promise<IDataObject[]> {
		return listIn(this.context.getNode(), request, await this.send(request));
	}

	/** For how long TransactionLink still wants no requests, in milliseconds. */
	get quietFor(): number {
		return Math.max(0, this.quietUntil - Date.now());
	}

	private heed(outcome: Attempt): void {
		const asked =
			'answer' in outcome && isPassing(outcome)
				? retryAfter(outcome.answer, Date.now())
				: undefined;
		// For longer than that nobody waits: the calls end instead, and say so.
		if (asked === undefined || asked > LONGEST_PAUSE_MILLISECONDS) return;
		this.quietUntil = Math.max(this.quietUntil, Date.now() + asked);
	}

	private async quiet(): Promise<void> {
		while (this.quietFor > 0 && this.signal?.aborted !== true)
			await pause(this.quietFor, this.signal);
	}

	private answerOf(outcome: Attempt, request: Request): Response {
		if ('answer' in outcome) return outcome.answer;
		const node = this.context.getNode();
		if ('obstacle' in outcome) {
			const error = operationError(node, outcome.obstacle);
			error.context.passing = isPassing(outcome);
			throw error;
		}
		throw unanswered(node, request, outcome.code);
	}

	private async attempt(call: Request): Promise<Attempt> {
		const once = async (mode: 'plain' | 'renewing'): Promise<Attempt> =>
			await this.once(call, mode);
		if (this.credential.authentication === 'organizationToken') return await once('plain');
		// Told at once to every further item: asking again with the same key and secret would only hammer.
		if (this.signInRefusal !== undefined) return this.signInRefusal;
		const outcome = await this.renewal.send(once, !this.hasToken, this.signal);
		if (!('obstacle' in outcome)) this.hasToken = true;
		else if (outcome.obstacle instanceof SignInError && outcome.obstacle.refused) {
			this.signInRefusal = outcome;
		}
		return outcome;
	}

	private async once(call: Request, mode: 'plain' | 'renewing'): Promise<Attempt> {
		try {
			const response: unknown = await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL_NAME,
				this.options(call, mode),
				// The one that renews the token takes what is stored now: another process may have renewed it.
				mode === 'plain' ? { credentialsDecrypted: await this.stored.current() } : {},
			);
			return { answer: readResponse(response) };
		} catch (thrown) {
			return attemptFailedWith(thrown);
		} finally {
			call.form?.close();
		}
	}

	private options(call: Request, mode: 'plain' | 'renewing'): IHttpRequestOptions {
		const accept =
			call.accept ?? (call.version === 2 ? 'application/json;version=2' : 'application/json');
		return {
			method: call.method,
			url: `${this.credential.baseUrl}${call.path}`,
			headers: {
				Accept: accept,
				...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
			},
			...(call.query === undefined ? {} : { qs: call.query }),
			// As text, because n8n leaves out a body that is an empty object.
			...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
			...(call.form === undefined ? {} : { body: call.form }),
			// n8n's helper counts the sending into the time for the answer.
			timeout:
				(call.retryPolicy ?? this.retryPolicy).timeoutMilliseconds +
				timeOnTheWay(call.form?.size ?? 0),
			returnFullResponse: true,
			ignoreHttpStatusErrors: mode === 'plain',
			disableFollowRedirect: true,
		};
	}
}

/**
 * Opens the way to TransactionLink for one execution or one delivery.
 *
 * @throws NodeOperationError when the base URL is none that a secret may be sent to
 */
export async function openClient(
	context: RequestContext,
	patience: RetryPolicy = PATIENCE,
): Promise<Client> {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	try {
		return new Client(context, await context.getCredentials(CREDENTIAL_NAME), patience, signal);
	} catch (thrown) {
		throw operationError(context.getNode(), thrown);
	}
}
