import {
	jsonParse,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeParameters,
} from 'n8n-workflow';

/** What a node's `credentials` entry holds: which credential it is, by id. */
export interface CredentialReference {
	id: string;
	name: string;
}

/** Fields that were written to the database and read back: a copy with nothing in it that JSON cannot hold. */
export type SavedFields = ICredentialDataDecryptedObject & INodeParameters;

/** What the database makes of some fields. */
export function throughDatabase(data: object): SavedFields {
	return jsonParse<SavedFields>(JSON.stringify(data));
}

/** One credential as n8n's database holds it, with counters that tell how often n8n went to it. */
export interface CredentialStore {
	readonly type: ICredentialType;
	readonly reference: CredentialReference;
	/** How often the credential was read and decrypted for a request. */
	readonly reads: number;
	/** How often something was written back, such as a fresh token. */
	readonly updates: number;
	/** A copy of what is stored now. */
	stored(): SavedFields;
	/** Changes fields the way a person does in the credential's panel: the others stay, and it is no update of n8n's. */
	edit(changes: ICredentialDataDecryptedObject): void;
	/** Reads for a request: a copy, counted. */
	read(): SavedFields;
	/** Replaces what is stored, counted. */
	update(data: object): void;
}

let lastId = 0;

/**
 * Makes a credential that tests hand to `runNode`, `deliver` and the like.
 *
 * @param type an instance of the credential class
 * @param data the fields a person filled in; a field that is left out has the default of its property
 * @returns the stored credential; every one has an id of its own
 */
export function createCredentialStore(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): CredentialStore {
	lastId += 1;
	let current = throughDatabase(data);
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
		stored: () => throughDatabase(current),
		edit(changes) {
			current = { ...current, ...throughDatabase(changes) };
		},
		read() {
			reads += 1;
			return throughDatabase(current);
		},
		update(next) {
			updates += 1;
			current = throughDatabase(next);
		},
	};
}
