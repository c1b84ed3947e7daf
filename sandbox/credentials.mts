/** What the sandbox accepts, the same on every start, so that examples and screenshots can refer to it. */
export const SANDBOX_CREDENTIALS = {
	apiKey: 'sandbox-key',
	apiSecret: 'sandbox-secret',
	organizationToken: 'tot_sandbox',
	/** Of a second account, whose webhooks are signed with keys of its own. */
	otherOrganizationToken: 'tot_sandbox_other',
};

/** The accounts of the sandbox. They share everything but the keys of their webhooks. */
export type AccountName = 'main' | 'other';

/** The account that an `Authorization` header belongs to. */
export function accountOf(authorization: string | undefined): AccountName {
	return authorization === SANDBOX_CREDENTIALS.otherOrganizationToken ? 'other' : 'main';
}
