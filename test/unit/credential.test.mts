import { TransactionLinkApi } from '../../credentials/TransactionLinkApi.credentials.ts';

const data = {
	authentication: 'organizationToken',
	organizationToken: 'tot_secret',
	baseUrl: 'https://api.example.com/tl',
};

/** What n8n would send; its HTTP Request node calls the address `uri`. */
const authenticated = async (request: Record<string, unknown>) =>
	await new TransactionLinkApi().authenticate(data, request as { url: string });

describe('the credential goes along', () => {
	it.each([
		[{ url: 'https://api.example.com/tl/cases' }],
		[{ uri: 'https://api.example.com/tl/cases' }],
		[{ baseURL: 'https://api.example.com/tl', url: '/cases' }],
		[{ baseURL: 'https://api.example.com/tl/', url: 'cases' }],
	])('with a request to TransactionLink: %j', async (request) => {
		expect((await authenticated(request)).headers).toMatchObject({ Authorization: 'tot_secret' });
	});
});

describe('the credential stays', () => {
	it.each([
		[{ url: 'https://api.example.com.evil.example/tl/cases' }],
		[{ uri: 'https://evil.example/tl/cases' }],
		[{ url: 'http://api.example.com/tl/cases' }],
		[{ url: 'https://api.example.com/other' }],
		[{ url: 'https://api.example.com/tl/../other' }],
		[{ baseURL: 'https://api.example.com/tl', url: 'https://evil.example/' }],
		[{ baseURL: 'https://evil.example', url: '/tl/cases' }],
		[{}],
	])('where it belongs: %j', async (request) => {
		await expect(authenticated(request)).rejects.toThrow('only sent to TransactionLink');
	});
});
