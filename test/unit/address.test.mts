// The node opens only safe addresses that a server sends.

import { mayLeadTo } from '../../nodes/shared/http/address.ts';

const api = 'https://api.transactionlink.io';
const sandbox = 'http://127.0.0.1:4010';

describe('an address from a server', () => {
	it.each([
		[api, 'https://storage.example.com/file'],
		[sandbox, 'http://127.0.0.1:9/file'],
		[sandbox, 'https://storage.example.com/file'],
	])('may be opened (%s, %s)', (server, link) => expect(mayLeadTo(server, link)).toBe(true));

	it.each([
		[api, 'http://127.0.0.1:5678/rest/settings'],
		[api, 'https://localhost/file'],
		[api, 'http://[::1]/file'],
		[api, 'http://storage.example.com/file'],
		[sandbox, 'http://storage.example.com/file'],
		[api, 'file:///etc/passwd'],
		[api, 'not an address'],
	])('may not be opened (%s, %s)', (server, link) => expect(mayLeadTo(server, link)).toBe(false));
});
