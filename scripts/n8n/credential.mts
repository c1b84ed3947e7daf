/** A credential in n8n. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	/** Only where it was requested; secrets are blank. */
	data?: Record<string, unknown>;
}

/** What n8n's "Test" button shows. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface NewCredential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}
