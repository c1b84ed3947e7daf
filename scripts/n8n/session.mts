import axios, { isAxiosError } from 'axios';

import { at, textAt } from '../json.mts';
import { PATIENCE_MILLISECONDS } from '../waiting.mts';

/** The user that owns an n8n. */
export interface Owner {
	email: string;
	/** At least 8 characters, with a digit and a capital letter. */
	password: string;
}

/** An error response of n8n, with its message and HTTP status. */
export class N8nRefusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A signed-in connection to the endpoints of n8n's editor. */
export interface N8nSession {
	/** The editor's address, without a slash at the end. */
	url: string;
	/** Signs a browser in as the same user; "name=value". */
	cookie: string;
	/**
	 * Sends one request.
	 *
	 * @param path the part after "/rest"
	 * @param content the JSON body, or the query of a GET
	 * @returns the response's `data`
	 * @throws N8nRefusal when the response is not 2xx
	 */
	call<Data = unknown>(method: Method, path: string, content?: object): Promise<Data>;
}

function cookieFrom(headers: unknown): string {
	const cookies = at(headers, 'set-cookie');
	const cookie: unknown = Array.isArray(cookies)
		? cookies.find((one) => String(one).startsWith('n8n-auth='))
		: undefined;
	if (typeof cookie !== 'string') throw new Error('n8n signed in without a session cookie.');
	return cookie.split(';', 1).join('');
}

/**
 * Signs in to an n8n as its owner. Creates the owner if the n8n has none.
 *
 * @param url the editor's address, e.g. "http://127.0.0.1:5678"
 * @throws N8nRefusal with status 401 when n8n has another owner or another password
 */
export async function signIn(url: string, owner: Owner): Promise<N8nSession> {
	const http = axios.create({
		baseURL: `${url}/rest`,
		timeout: PATIENCE_MILLISECONDS,
		proxy: false,
	});
	const send = async <Data,>(method: Method, path: string, content: object = {}) => {
		const body = method === 'GET' ? { params: content } : { data: content };
		try {
			return await http.request<{ data: Data }>({ method, url: path, ...body });
		} catch (error) {
			if (!isAxiosError<unknown>(error) || error.response === undefined) throw error;
			const { status, data } = error.response;
			const message = textAt(data, 'message') ?? JSON.stringify(data);
			throw new N8nRefusal(status, `n8n responded ${status} to ${method} /rest${path}: ${message}`);
		}
	};
	const settings = await send('GET', '/settings');
	const hasNoOwner = at(settings.data.data, 'userManagement', 'showSetupOnFirstLoad') === true;
	const { email, password } = owner;
	const signedIn = hasNoOwner
		? await send('POST', '/owner/setup', { ...owner, firstName: 'Local', lastName: 'Owner' })
		: await send('POST', '/login', { emailOrLdapLoginId: email, email, password });
	const cookie = cookieFrom(signedIn.headers);
	http.defaults.headers.common['Cookie'] = cookie;
	return {
		url,
		cookie,
		call: async <Data,>(...request: [method: Method, path: string, content?: object]) =>
			(await send<Data>(...request)).data.data,
	};
}
