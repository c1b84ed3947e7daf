import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** A minimal credential that exchanges a key for a token. */
export class ExampleCredential implements ICredentialType {
	name = 'exampleApi';
	displayName = 'Example API';
	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1' },
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const response: { token: string } = await this.helpers.httpRequest({
			method: 'POST',
			url: `${String(credentials['baseUrl'])}/token`,
			body: { key: credentials['key'] },
		});
		return { accessToken: response.token };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const authorization = `Bearer ${String(credentials['accessToken'])}`;
		return {
			...requestOptions,
			baseURL: String(credentials['baseUrl']),
			headers: { ...requestOptions.headers, authorization },
		};
	}
}
