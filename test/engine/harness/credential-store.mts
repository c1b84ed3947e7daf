import {
	jsonParse,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeParameters,
} from 'n8n-workflow';

/** The ID and name of a credential, as in a node's `credentials`. */
export interface CredentialReference {
	id: string;
	name: string;
}

/** Fields as the database returns them: only values that JSON can hold. */
export type SavedFields = ICredentialDataDecryptedObject & INodeParameters;

/** Copies fields through JSON, as saving them in the database does. */
export function jsonCopy(data: object): SavedFields {
	return jsonParse<SavedFields>(JSON.stringify(data));
}

/** One credential in n8n's database, with counters of its reads and updates. */
export interface CredentialStore {
	readonly type: ICredentialType;
	readonly reference: CredentialReference;
	/** How often the credential was read and decrypted for a request. */
	readonly reads: number;
	/** How often n8n has saved changes, such as a new token. */
	readonly updates: number;
	/** Returns a copy of the stored fields. */
	stored(): SavedFields;
	/** Changes fields as a user does in the credential's panel. The others stay, and it does not count as an update. */
	edit(changes: ICredentialDataDecryptedObject): void;
	/** Returns a copy of the stored fields for a request, and counts the read. */
	read(): SavedFields;
	/** Replaces the stored fields, and counts the update. */
	update(data: object): void;
}

let lastId = 0;

/**
 * Creates a credential for `runNode`, `deliver` and the other functions.
 *
 * @param type an instance of the credential class
 * @param data the fields that the user has filled in; a missing one has the default of its property
 * @returns the stored credential, with a unique ID
 */
export function createCredentialStore(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): CredentialStore {
	lastId += 1;
	let current = jsonCopy(data);
	let reads = 0;
	let updates = 0;
	return {
		type,
		reference: { id: `credential-${lastId}`, name: `${type.displayName} account` },
		get reads() {
			return reads;
		},
		get updates() {
			return updates;
		},
		stored: () => jsonCopy(current),
		edit(changes) {
			current = { ...current, ...jsonCopy(changes) };
		},
		read() {
			reads += 1;
			return jsonCopy(current);
		},
		update(next) {
			updates += 1;
			current = jsonCopy(next);
		},
	};
}
