import { apiError } from './error.mts';
import type { Settings } from '../settings.mts';
import type { State } from '../state.mts';
import type { Operation } from './contract.mts';

/** The accepted credentials, the same on every start, so that examples and screenshots can refer to them. */
export const SANDBOX_CREDENTIALS = {
	apiKey: 'sandbox-key',
	apiSecret: 'sandbox-secret',
	organizationToken: 'tot_sandbox',
	/** The token of a second account, which signs its webhooks with its own keys. */
	otherOrganizationToken: 'tot_sandbox_other',
};

/** The accounts of the sandbox. They share everything except the keys of their webhooks. */
export type AccountName = 'main' | 'other';

/** The account with this name; the main one for any other text. */
export function accountNamed(name: string | null | undefined): AccountName {
	return name === 'other' ? 'other' : 'main';
}

/** The account that an `Authorization` header belongs to. */
export function accountOf(authorization: string | undefined): AccountName {
	return authorization === SANDBOX_CREDENTIALS.otherOrganizationToken ? 'other' : 'main';
}

/** The kind of credentials of a request; never the credentials themselves. */
export type AuthorizationKind = 'none' | 'bearer' | 'organizationToken' | 'other';

/** Each of these is enough to read an execution (documented); a result is assumed to be a part of it. */
const READ_EXECUTION = ['can_run', 'can_view_workspace'];

/**
 * The permissions of which an operation requires one. The mapping of TransactionLink's scopes to requests is partly
 * inferred.
 */
const NEEDED_PERMISSIONS: Readonly<Record<string, string | readonly string[]>> = {
	getWorkspaces: 'can_view_workspace',
	getUsers: 'can_manage_users',
	getUser: 'can_manage_users',
	createCase: 'can_edit_data',
	getCase: 'can_read_data',
	createParameterSet: 'can_run',
	runWorkflow: 'can_run',
	startWorkflow: 'can_run',
	getWorkflow: READ_EXECUTION,
	getWorkflowResult: READ_EXECUTION,
	createLink: 'can_run',
	sendLink: 'can_run',
	createWidgetToken: 'can_run',
	uploadFile: 'can_edit_attachments',
	createRecord: 'can_edit_data',
	getRecord: 'can_read_data',
	uploadAttachment: 'can_edit_attachments',
	getAttachments: 'can_read_attachments',
	getAttachment: 'can_read_attachments',
};

/** The permissions that credentials may lack. */
export const PERMISSIONS: readonly string[] = [
	...new Set(Object.values(NEEDED_PERMISSIONS).flat()),
].sort();

/** The kind of credentials in an `Authorization` header. */
export function authorizationKind(header: string | undefined): AuthorizationKind {
	if (header === undefined) return 'none';
	if (/^bearer /i.test(header)) return 'bearer';
	return header.startsWith('tot_') ? 'organizationToken' : 'other';
}

function checkAccessToken(token: string, state: State): void {
	if (token.startsWith('tot_')) {
		throw apiError(
			401,
			'invalid_token',
			'An organization token goes into the header as it is, without "Bearer".',
		);
	}
	const expiresAt = state.accessTokens.get(token);
	if (expiresAt === undefined)
		throw apiError(401, 'invalid_token', 'The access token is not known.');
	if (Date.now() >= expiresAt)
		throw apiError(401, 'token_expired', 'The access token has expired.');
}

function checkOrganizationToken(token: string): void {
	const { organizationToken, otherOrganizationToken } = SANDBOX_CREDENTIALS;
	if (token === organizationToken || token === otherOrganizationToken) return;
	throw apiError(401, 'invalid_token', 'The organization token is not known.');
}

/**
 * Checks the credentials of a request for an operation.
 *
 * Takes the `Authorization` header. Throws an API error: 401 for missing, wrong or expired credentials, 403 for a
 * missing permission.
 */
export function checkAccess(
	header: string | undefined,
	operation: Operation,
	state: State,
	settings: Settings,
): void {
	if (operation.open) return;
	const kind = authorizationKind(header);
	if (header === undefined || kind === 'none')
		throw apiError(401, 'unauthorized', 'The Authorization header is missing.');
	if (kind === 'other')
		throw apiError(
			401,
			'unauthorized',
			'The Authorization header is neither "Bearer ..." nor "tot_...".',
		);
	if (kind === 'bearer') checkAccessToken(header.slice('bearer '.length).trim(), state);
	else checkOrganizationToken(header);
	const sufficient = [NEEDED_PERMISSIONS[operation.id] ?? []].flat();
	const isMissing = (permission: string) => settings.missingPermissions.includes(permission);
	if (sufficient.length > 0 && sufficient.every(isMissing)) {
		throw apiError(
			403,
			'missing_permission',
			`The permission ${sufficient.join(' or ')} is missing.`,
		);
	}
}
