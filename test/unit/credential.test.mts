// The credential is sent to the base URL only, and its test has a timeout.

import { readCredential } from '../../nodes/shared/authentication/credential.ts';
import { TransactionLinkApi } from '../../credentials/TransactionLinkApi.credentials.ts';

const data = {
	authentication: 'organizationToken',
	organizationToken: 'tot_secret',
	baseUrl: 'https://api.example.com/tl',
};

/** The request that n8n would send. n8n's HTTP Request node names the address `uri`. */
const authenticated = async (request: Record<string, unknown>) =>
	await new TransactionLinkApi().authenticate(data, request as { url: string });

it('a new credential uses an organization token, in the panel and when it is read', () => {
	const { properties } = new TransactionLinkApi();
	expect(properties[0]).toMatchObject({ name: 'authentication', default: 'organizationToken' });
	expect(readCredential({}).authentication).toBe('organizationToken');
});

it('the hint of the Base URL covers the codes that n8n shows after a test without a response', () => {
	const { hint } = new TransactionLinkApi().properties.find(({ name }) => name === 'baseUrl') ?? {};
	for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EPROTO']) expect(hint).toContain(code);
	expect(hint).toContain('http://');
});

describe('the credential is added', () => {
	it.each([
		[{ url: 'https://api.example.com/tl/cases' }],
		[{ uri: 'https://api.example.com/tl/cases' }],
		[{ baseURL: 'https://api.example.com/tl', url: '/cases' }],
		[{ baseURL: 'https://api.example.com/tl/', url: 'cases' }],
	])('to a request to TransactionLink: %j', async (request) => {
		expect((await authenticated(request)).headers).toMatchObject({ Authorization: 'tot_secret' });
	});
});

describe('the credential is not added', () => {
	it.each([
		[{ url: 'https://api.example.com.evil.example/tl/cases' }],
		[{ uri: 'https://evil.example/tl/cases' }],
		[{ url: 'http://api.example.com/tl/cases' }],
		[{ url: 'https://api.example.com/other' }],
		[{ url: 'https://api.example.com/tl/../other' }],
		[{ baseURL: 'https://api.example.com/tl', url: 'https://evil.example/' }],
		[{ baseURL: 'https://evil.example', url: '/tl/cases' }],
		[{}],
	])('to a request elsewhere: %j', async (request) => {
		await expect(authenticated(request)).rejects.toThrow('only sent to TransactionLink');
	});
});

describe('a request whose response never ends', () => {
	it('is aborted at its timeout, including the credential test', async () => {
		const { test } = new TransactionLinkApi();
		expect(test.request).toMatchObject({ timeout: 30_000 });
		const request = { url: 'https://api.example.com/tl/cases', timeout: 20 };
		const { abortSignal } = await authenticated(request);
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(abortSignal?.aborted).toBe(true);
	});

	it.each([
		[{ uri: 'https://api.example.com/tl/cases', timeout: 20 }],
		[{ url: 'https://api.example.com/tl/cases' }],
	])("keeps n8n's timeout if it comes from n8n's own nodes: %j", async (request) =>
		expect(await authenticated(request)).not.toHaveProperty('abortSignal'),
	);
});

it('an empty organization token is rejected', async () => {
	const request = { url: 'https://api.example.com/tl/cases' };
	const empty = { ...data, organizationToken: ' ' };
	await expect(new TransactionLinkApi().authenticate(empty, request)).rejects.toThrow(
		'The TransactionLink credential has no Organization Token',
	);
});
