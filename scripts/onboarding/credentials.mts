import { SANDBOX_CREDENTIALS } from '../../sandbox/api/access.mts';
import type { N8nClient } from '../n8n/client.mts';
import type { NewCredential } from '../n8n/credential.mts';
import type { CredentialReference } from '../n8n/workflow.mts';

const LOOPBACK = /^(https?:\/\/)?(127\.0\.0\.1|localhost)(:\d+)?\/?$/;

/** The credential for a sandbox, under the name in the example workflows. */
export function sandboxCredential(sandboxUrl: string): NewCredential {
	return {
		name: 'TransactionLink account',
		type: 'transactionLinkApi',
		data: {
			authentication: 'apiKey',
			apiKey: SANDBOX_CREDENTIALS.apiKey,
			apiSecret: SANDBOX_CREDENTIALS.apiSecret,
			baseUrl: sandboxUrl,
		},
	};
}

/** The credential for a mail server on 127.0.0.1. */
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

export interface EnsuredCredential extends CredentialReference {
	id: string;
	/** Whether it is for this machine, and not for a server that the user entered. */
	isLocal: boolean;
}

/**
 * Creates a credential, unless n8n has it. If it is for another port of this machine, its address is updated. Another
 * server, which the user entered, stays.
 *
 * @param addressFields the fields of the address, the one with the host first
 * @throws N8nError
 */
export async function ensureCredential(
	n8n: N8nClient,
	wanted: NewCredential,
	...addressFields: [host: string, port?: string]
): Promise<EnsuredCredential> {
	const isWanted = (one: { type: string; name: string }) =>
		one.type === wanted.type && one.name === wanted.name;
	const known = (await n8n.listCredentials()).find(isWanted);
	const { id, name, type } = known ?? (await n8n.createCredential(wanted));
	const { data = {} } = await n8n.getCredential(id);
	if (!LOOPBACK.test(String(data[addressFields[0]]))) return { id, name, isLocal: false };
	const changed = addressFields.filter((field = '') => data[field] !== wanted.data[field]);
	if (changed.length > 0) {
		const address = Object.fromEntries(changed.map((field = '') => [field, wanted.data[field]]));
		// n8n restores the blank secrets.
		await n8n.updateCredential(id, { name, type, data: { ...data, ...address } });
	}
	return { id, name, isLocal: true };
}
