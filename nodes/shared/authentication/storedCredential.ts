import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { CREDENTIAL_NAME } from './credential';
import type { Renewal } from './renewal';

/** What n8n hands to a node that runs, or to a trigger that receives a webhook. */
export type RequestContext = IExecuteFunctions | IWebhookFunctions;

/**
 * The credential as n8n keeps it, for as long as nobody renews its token. Left to itself, n8n reads and decrypts it
 * anew for each request, which is dearer than the request.
 */
export class StoredCredential {
	private data: ICredentialDataDecryptedObject;

	private renewals: number;

	private readonly context: RequestContext;

	private readonly renewal: Renewal;

	/** @param data what n8n has just read */
	constructor(context: RequestContext, data: ICredentialDataDecryptedObject, renewal: Renewal) {
		this.context = context;
		this.data = data;
		this.renewal = renewal;
		this.renewals = renewal.count;
	}

	/** As n8n's request helper takes it, in place of reading it. */
	async current(): Promise<ICredentialsDecrypted> {
		const { count } = this.renewal;
		if (this.renewals !== count) {
			this.data = await this.context.getCredentials(CREDENTIAL_NAME);
			this.renewals = count;
		}
		const { id, name } = this.context.getNode().credentials?.[CREDENTIAL_NAME] ?? {};
		return { id: id ?? '', name: name ?? '', type: CREDENTIAL_NAME, data: this.data };
	}
}
