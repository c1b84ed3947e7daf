import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeCredentialsDetails,
	IWebhookFunctions,
} from 'n8n-workflow';
import { CANCELLED, type Attempt } from '../http/attempt';
import { monotonicNow } from '../http/clock';
import { receive, RECEIVABLE, type Limits } from '../http/receive';
import { settle } from '../http/settle';
import { defined } from '../json';
import { CREDENTIAL_NAME, origin, readCredential, unsealed, type Credential } from './credential';
import { cancelledBefore, renewalOf, type Renewal } from './renewal';
import { SIGN_IN_MILLISECONDS, SIGN_IN_REJECTED } from './signIn';

/** n8n's context of a running node, or of a trigger that receives a webhook. */
export type RequestContext = IExecuteFunctions | IWebhookFunctions;

/** How long the other requests of an execution do not repeat a sign-in that failed or changed nothing. */
const SHARED_MILLISECONDS = 5_000;

function storedToken(data: ICredentialDataDecryptedObject): string | undefined {
	const credential = readCredential(data);
	return unsealed(credential) === undefined ? undefined : credential.accessToken;
}

/**
 * Sends requests with the credential, for one execution. n8n would read and decrypt the credential for each request,
 * which takes longer than the request. So this class reads it once, and again only after its token was rejected.
 */
export class Session {
	readonly credential: Credential;

	private data: ICredentialDataDecryptedObject;

	/** The sealed token in `data`. Read once, because checking its seal takes time. */
	private token: string | undefined;

	private readonly context: RequestContext;

	/** n8n's reference to the credential. Read once, because n8n copies the node each time. */
	private readonly reference: INodeCredentialsDetails;

	private readonly cancel: AbortSignal | undefined;

	private readonly renewal: Renewal;

	private readonly tokens = new Set<string>();

	/** Called when a token has arrived. */
	private arrived: () => void = () => {};

	private failure: { attempt: Attempt; until: number } | undefined;

	/**
	 * @param data the decrypted credential
	 * @throws UserError when the base URL must not get a secret
	 */
	constructor(
		context: RequestContext,
		data: ICredentialDataDecryptedObject,
		cancel: AbortSignal | undefined,
	) {
		this.credential = readCredential(data);
		this.context = context;
		this.reference = context.getNode().credentials?.[CREDENTIAL_NAME] ?? { id: '', name: '' };
		this.data = data;
		this.token = storedToken(data);
		this.cancel = cancel;
		this.renewal = renewalOf(origin(this.credential));
	}

	/** Values that must not appear in any text, including earlier tokens of this execution. */
	get secrets(): string[] {
		const { apiKey, apiSecret, organizationToken, accessToken } = this.credential;
		const tokens = [accessToken, ...this.tokens].flatMap((token) => token.split('.'));
		return [apiKey, apiSecret, organizationToken, ...tokens];
	}

	/**
	 * Sends a request once, and repeats it only if its token was rejected.
	 *
	 * @param milliseconds the total time of one attempt, without signing in
	 */
	async send(options: IHttpRequestOptions, milliseconds: number): Promise<Attempt> {
		if (this.cancel?.aborted === true) return cancelledBefore();
		if (this.credential.authentication === 'organizationToken')
			return await this.sendWith({ ...this.data }, options, milliseconds);
		if (this.failure !== undefined && monotonicNow() < this.failure.until) {
			if (this.failure.attempt.kind === 'notSent') return this.failure.attempt;
			// A 401 despite new tokens may concern a single address, so each request gets its own response.
			if (this.data.accessToken !== '')
				return await this.sendWith({ ...this.data }, options, milliseconds);
		}
		const attempt = await this.renewal.send(
			{
				token: () => this.token,
				reread: async () => await this.reread(),
				adopt: (token) => this.adopt(token),
				send: async (token) => {
					this.adopt(token);
					return await this.sendWith({ ...this.data }, options, milliseconds);
				},
				signIn: async () => await this.signIn(options, milliseconds),
			},
			this.cancel,
		);
		this.remember(attempt);
		return attempt;
	}

	private adopt(token: string): void {
		this.tokens.add(token);
		this.arrived();
		if (this.data.accessToken !== token) this.use({ ...this.data, accessToken: token });
	}

	private use(data: ICredentialDataDecryptedObject): void {
		this.data = data;
		this.token = storedToken(data);
	}

	private remember(attempt: Attempt): void {
		const isFailure =
			attempt.kind === 'notSent'
				? attempt.error.reason !== CANCELLED
				: attempt.kind === 'response' && attempt.response.status === 401;
		if (!isFailure || (this.failure?.until ?? 0) > monotonicNow()) return;
		const isRejected = attempt.kind === 'notSent' && attempt.error.reason === SIGN_IN_REJECTED;
		const until = isRejected ? Number.POSITIVE_INFINITY : monotonicNow() + SHARED_MILLISECONDS;
		this.failure = { attempt, until };
	}

	private async reread(): Promise<string | undefined> {
		const read = await settle(this.context.getCredentials(CREDENTIAL_NAME));
		if ('result' in read) this.use(read.result);
		return this.token;
	}

	/** An empty token makes n8n sign in, store the new token, and write it into the passed object. */
	private async signIn(
		options: IHttpRequestOptions,
		milliseconds: number,
	): Promise<{ attempt: Attempt; token: string | undefined }> {
		const data = { ...this.data, accessToken: '' };
		const done = new Promise<void>((resolve) => {
			this.arrived = resolve;
		});
		const preparation = { done, milliseconds: SIGN_IN_MILLISECONDS };
		const attempt = await this.sendWith(data, options, milliseconds, preparation);
		const token = data.accessToken === '' ? undefined : data.accessToken;
		if (token !== undefined) this.adopt(token);
		return { attempt, token };
	}

	private async sendWith(
		data: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
		milliseconds: number,
		preparation?: Limits['preparation'],
	): Promise<Attempt> {
		const sending = this.context.helpers.httpRequestWithAuthentication.call(
			this.context,
			CREDENTIAL_NAME,
			{ ...options, ...RECEIVABLE, timeout: milliseconds },
			{
				credentialsDecrypted: {
					...this.reference,
					id: this.reference.id ?? '',
					type: CREDENTIAL_NAME,
					data,
				},
			},
		);
		return await receive(sending, {
			milliseconds,
			cancel: this.cancel,
			...defined({ preparation }),
		});
	}
}
