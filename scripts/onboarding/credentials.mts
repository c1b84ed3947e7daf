import type { N8nClient, NewCredential, StoredCredential } from '../n8n/client.mts';
import type { CredentialReference } from '../n8n/workflow.mts';

/** What the sandbox accepts; it is the same on every start. */
export const SANDBOX_API_KEY = 'sandbox-key';
export const SANDBOX_API_SECRET = 'sandbox-secret';

const LOOPBACK = /^(https?:\/\/)?(127\.0\.0\.1|localhost)(:\d+)?\/?$/;

/** The credential that makes the nodes speak to a sandbox, under the name that the example workflows look for. */
export function sandboxCredential(sandboxUrl: string): NewCredential {
	return {
		name: 'TransactionLink account',
		type: 'transactionLinkApi',
		data: {
			authentication: 'apiKey',
			apiKey: SANDBOX_API_KEY,
			apiSecret: SANDBOX_API_SECRET,
			baseUrl: sandboxUrl,
		},
	};
}

/** The credential that makes "Send Email" speak to a mail server of ours, on 127.0.0.1. */
export function mailCredential(port: number): NewCredential {
	return {
		name: 'SMTP account',
		type: 'smtp',
		data: {
			user: '',
			password: '',
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			hostName: '',
		},
	};
}

async function findOrCreate(n8n: N8nClient, wanted: NewCredential): Promise<StoredCredential> {
	const known = (await n8n.listCredentials()).find(
		(one) => one.type === wanted.type && one.name === wanted.name,
	);
	const { id } = known ?? (await n8n.createCredential(wanted));
	return await n8n.getCredential(id);
}

/** A credential that is ready, and whether it leads to our own server or to where a person pointed it. */
export interface ReadyCredential extends CredentialReference {
	id: string;
	isOurs: boolean;
}

/**
 * Has a credential ready that leads to one of our own servers. One that a person pointed elsewhere is left as
 * it is; one that leads to an earlier port of this machine is brought up to date.
 *
 * @param n8n where
 * @param wanted what it should be
 * @param placeField the field that says where it leads, and `portField` when the port is apart
 * @throws N8nRefusal when n8n says no
 */
export async function readyCredential(
	n8n: N8nClient,
	wanted: NewCredential,
	placeField: string,
	portField = placeField,
): Promise<ReadyCredential> {
	const { id, name, type, data = {} } = await findOrCreate(n8n, wanted);
	if (!LOOPBACK.test(String(data[placeField]))) return { id, name, isOurs: false };
	const place = { [placeField]: wanted.data[placeField], [portField]: wanted.data[portField] };
	if (data[placeField] !== place[placeField] || data[portField] !== place[portField]) {
		// n8n puts what it blanked back in, so that nothing else of the credential changes.
		await n8n.updateCredential(id, { name, type, data: { ...data, ...place } });
	}
	return { id, name, isOurs: true };
}
