import { UserError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { DEFAULT_BASE_URL, isBelow } from '../nodes/shared/authentication/baseUrl';
import {
	authorization,
	origin,
	readCredential,
	seal,
} from '../nodes/shared/authentication/credential';
import { renewalOf } from '../nodes/shared/authentication/renewal';
import { signIn, SIGN_IN_MILLISECONDS } from '../nodes/shared/authentication/signIn';

const forApiKey = { show: { authentication: ['apiKey'] } };
const forOrganizationToken = { show: { authentication: ['organizationToken'] } };

/** The address of a request. n8n's HTTP Request node calls it `uri`, which the type does not contain. */
function addressOf(request: IHttpRequestOptions & { uri?: string }): string {
	const address = request.url ?? request.uri ?? '';
	if (request.baseURL === undefined || URL.canParse(address)) return address;
	return `${request.baseURL.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`;
}

const WORKSPACES_PATH = '/organizations/workspaces';

const EXCHANGE_PATH = '/auth/authorize';

/** The longest time for a request. n8n gives each credential test five minutes, whatever the test states. */
function longest(request: IHttpRequestOptions): number | undefined {
	if (request.url === undefined || request.timeout === undefined) return undefined;
	const isTest = [WORKSPACES_PATH, EXCHANGE_PATH].some((path) => addressOf(request).endsWith(path));
	return isTest ? Math.min(request.timeout, SIGN_IN_MILLISECONDS) : request.timeout;
}

const USES_API_KEY = '$credentials.authentication === "apiKey"';

export class TransactionLinkApi implements ICredentialType {
	name = 'transactionLinkApi';

	displayName = 'TransactionLink API';

	icon: Icon = {
		light: 'file:../icons/transactionLink.svg',
		dark: 'file:../icons/transactionLink.dark.svg',
	};

	documentationUrl =
		'https://github.com/transactionlink/n8n-nodes-transactionlink#connect-your-account';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Organization Token', value: 'organizationToken' },
				{ name: 'API Key and Secret (Deprecated by TransactionLink)', value: 'apiKey' },
			],
			default: 'organizationToken',
			description: 'Which of the two the TransactionLink dashboard gave you',
		},
		{
			displayName: 'Organization Token',
			name: 'organizationToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. tot_...',
			displayOptions: forOrganizationToken,
			description: 'The token of your organization',
			hint: 'From the settings of the TransactionLink dashboard, without "Bearer" before it',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: forApiKey,
			description: 'Used together with the API secret',
			hint: 'From the settings of the TransactionLink dashboard',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: forApiKey,
			description: 'Used together with the API key',
			hint: 'Shown in the dashboard together with the key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: 'The address of TransactionLink',
			hint:
				'Leave it as it is. Only a local sandbox has another one, with http://. If the test ' +
				'reports ECONNREFUSED, ENOTFOUND or EPROTO, check this address.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			// n8n fetches a new one when this is empty, and after a 401.
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Fetches an access token. n8n calls this when none is stored, after a 401, and for a credential test. Concurrent
	 * calls with the same key and secret share one token.
	 *
	 * @returns what n8n merges into the stored credential; nothing for an organization token, which never changes
	 * @throws SignInError with a message for the user, UserError for a base URL that must not get a secret
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const credential = readCredential(data);
		if (credential.authentication === 'organizationToken') return {};
		const exchange = async (): Promise<string> => seal(await signIn(this, credential), credential);
		return { accessToken: await renewalOf(origin(credential)).exchange(exchange) };
	}

	/**
	 * Adds the `Authorization` header to a request, both for these nodes and for n8n's HTTP Request node.
	 *
	 * @throws UserError when the request goes to another address than the credential's base URL
	 */
	authenticate = async (
		data: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const credential = readCredential(data);
		if (!isBelow(addressOf(request), credential.baseUrl)) {
			throw new UserError('The TransactionLink credential is only sent to TransactionLink', {
				description: `Use an address that starts with ${credential.baseUrl}, or another credential.`,
			});
		}
		const value = authorization(credential);
		// n8n's timeout only limits the time without bytes. If n8n has an abort signal, it is set by now.
		const milliseconds = longest(request);
		const abortSignal =
			request.abortSignal ??
			(milliseconds === undefined ? undefined : AbortSignal.timeout(milliseconds));
		const bounded = abortSignal === undefined ? request : { ...request, abortSignal };
		if (value === undefined) return bounded;
		return { ...bounded, headers: { ...bounded.headers, Authorization: value } };
	};

	// With a key and secret, the exchange itself is the test, because no other request is documented to work with every
	// key. n8n fetches a token first, so `signIn` reports a wrong key or secret.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.baseUrl.trim() || "${DEFAULT_BASE_URL}" }}`,
			url: `={{ ${USES_API_KEY} ? "${EXCHANGE_PATH}" : "${WORKSPACES_PATH}" }}`,
			// n8n also evaluates expressions here, which the type does not allow.
			method: `={{ ${USES_API_KEY} ? "POST" : "GET" }}` as IHttpRequestMethods,
			body:
				`={{ ${USES_API_KEY} ? { key: $credentials.apiKey.trim(), secret: ` +
				'$credentials.apiSecret.trim() } : {} }}',
			json: true,
			disableFollowRedirect: true,
			timeout: SIGN_IN_MILLISECONDS,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'TransactionLink did not accept this credential. Copy it from the dashboard again; an ' +
						'organization token goes without "Bearer" before it.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'This token is not allowed to view workspaces. Give it the permission ' +
						'can_view_workspace in the dashboard.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no TransactionLink at this address. Check the Base URL.',
				},
			},
		],
	};
}
