/** What the sandbox accepts, the same on every start, so that examples and screenshots can refer to it. */
export const SANDBOX_CREDENTIALS = {
	apiKey: 'sandbox-key',
	apiSecret: 'sandbox-secret',
	organizationToken: 'tot_sandbox',
};
