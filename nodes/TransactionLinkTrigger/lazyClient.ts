import { hash } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { openClient, type Client } from '../shared/api/client';
import type { Request } from '../shared/api/request';
import { CREDENTIAL_NAME, readCredential } from '../shared/authentication/credential';
import { monotonicNow } from '../shared/http/clock';
import type { Response } from '../shared/http/response';
import { TtlCache } from './ttlCache';

/** After the credential was edited, a trigger may accept keys of its former account for this long. */
const ACCOUNT_LIFETIME_MILLISECONDS = 30 * 1000;

const MOST_ACCOUNTS = 200;

/** Several requests must fit into the time for one delivery. */
const RETRY_POLICY = { attempts: 2, timeoutMilliseconds: 3_000 };

/** The account of a credential, as verification needs it. */
export interface Account {
	/** The same for the same credential with the same content; does not reveal the content. */
	id: string;
	baseUrl: string;
}

// By workflow, node and credential. Reading a credential takes as long as the rest of a delivery (a query, a
// decryption, and n8n's expression engine), and anyone who knows the address could cause that.
const accounts = new TtlCache<Account>(MOST_ACCOUNTS);

/** A client that reads the credential only when it is needed. */
export class LazyClient {
	private opened: Promise<Client> | undefined;

	private readonly context: IWebhookFunctions;

	constructor(context: IWebhookFunctions) {
		this.context = context;
	}

	/** @throws NodeOperationError when the credential cannot be used */
	async client(): Promise<Client> {
		this.opened ??= openClient(this.context, RETRY_POLICY);
		return await this.opened;
	}

	async send(request: Request): Promise<Response> {
		return await (await this.client()).send(request);
	}

	/**
	 * The cached account.
	 *
	 * @throws NodeOperationError when the credential cannot be used
	 */
	async account(): Promise<Account> {
		const isTest = this.context.getMode() === 'manual';
		const known = isTest ? undefined : accounts.get(this.name, monotonicNow());
		return known ?? (await this.currentAccount());
	}

	/** The account of the credential as it is stored now. */
	async currentAccount(): Promise<Account> {
		// Opening the client also checks the base URL.
		const { baseUrl } = await this.client();
		const credential = readCredential(await this.context.getCredentials(CREDENTIAL_NAME));
		const { authentication, apiKey, apiSecret, organizationToken } = credential;
		const content = [this.credentialId, authentication, apiKey, apiSecret, organizationToken];
		const account = {
			id: hash('sha256', JSON.stringify(content), 'base64url'),
			baseUrl,
		};
		accounts.set(this.name, account, monotonicNow() + ACCOUNT_LIFETIME_MILLISECONDS);
		return account;
	}

	private get credentialId(): string {
		return this.context.getNode().credentials?.[CREDENTIAL_NAME]?.id ?? '';
	}

	private get name(): string {
		const { id } = this.context.getNode();
		return JSON.stringify([this.context.getWorkflow().id, id, this.credentialId]);
	}
}
