import type { IWebhookFunctions } from 'n8n-workflow';
import type { Request } from '../shared/api/request';
import type { Response } from '../shared/http/response';
import { openClient, type Client } from '../shared/api/client';
import { CREDENTIAL_NAME } from '../shared/authentication/credential';
import { TtlCache } from './ttlCache';

/** So long after its credential was changed, a trigger may still look for keys at the address from before. */
const KNOWN_MILLISECONDS = 30 * 1000;

const MOST_KEPT = 200;

/** Each call has to leave time for the next one, within the sender's patience. */
const PATIENCE = { attempts: 2, timeoutMilliseconds: 3_000 };

// By workflow, node and credential. Reading a credential is a query, a decryption and a run of n8n's expression
// engine: as dear as everything else about a delivery, and it is there for anybody to ask for who knows the address.
const baseUrls = new TtlCache<string>(MOST_KEPT);

/** TransactionLink, as far as a delivery needs it. */
export interface LazyClient {
	/** Where it is, from the credential. */
	baseUrl: string;
	/**
	 * Opens the way to it at the first call, and keeps it.
	 *
	 * @throws NodeOperationError when the credential cannot be used
	 */
	connection: () => Promise<Client>;
	send: (call: Request) => Promise<Response>;
}

function nameOf(context: IWebhookFunctions): string {
	const node = context.getNode();
	return JSON.stringify([
		context.getWorkflow().id,
		node.id,
		node.credentials?.[CREDENTIAL_NAME]?.id,
	]);
}

/**
 * Finds out who the sender of a delivery has to be. The credential is read only when that is not known, or when
 * something is asked of TransactionLink.
 *
 * @throws NodeOperationError when the credential cannot be used
 */
export async function lazyClient(context: IWebhookFunctions): Promise<LazyClient> {
	let opened: Promise<Client> | undefined;
	const connection = async (): Promise<Client> => await (opened ??= openClient(context, PATIENCE));
	const name = nameOf(context);
	const now = Date.now();
	// A person who tries things out has just changed something.
	let baseUrl = context.getMode() === 'manual' ? undefined : baseUrls.get(name, now);
	if (baseUrl === undefined) {
		({ baseUrl } = await connection());
		baseUrls.set(name, baseUrl, now + KNOWN_MILLISECONDS);
	}
	return { baseUrl, connection, send: async (call) => await (await connection()).send(call) };
}
