import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';

import { at, textAt } from '../json.mts';

/** The first person of an n8n, who may do everything in it. */
export interface Owner {
	email: string;
	/** At least 8 characters, with a digit and a capital letter. */
	password: string;
	firstName: string;
	lastName: string;
}

/** n8n said no. The message carries its own words, `status` the HTTP status. */
export class N8nRefusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.name = 'N8nRefusal';
		this.status = status;
	}
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A signed-in connection to the addresses that n8n's own editor uses. */
export interface N8nSession {
	/** The address of the editor, without a slash at the end. */
	url: string;
	/** What a browser has to hold to be signed in as the same person, as "name=value". */
	cookie: string;
	/**
	 * Makes one call.
	 *
	 * @param method the HTTP method
	 * @param path as it stands behind "/rest"
	 * @param content the JSON body, or for a GET the query
	 * @returns what n8n wraps in `data`
	 * @throws N8nRefusal when the answer is not 2xx
	 */
	call<Answer = unknown>(method: Method, path: string, content?: object): Promise<Answer>;
}

async function send<Answer>(
	http: AxiosInstance,
	method: Method,
	path: string,
	content?: object,
): Promise<AxiosResponse<{ data: Answer }>> {
	try {
		return await http.request<{ data: Answer }>({
			method,
			url: `/rest${path}`,
			...(method === 'GET' ? { params: content } : { data: content ?? {} }),
		});
	} catch (error) {
		if (!isAxiosError<unknown>(error) || error.response === undefined) throw error;
		const words = textAt(error.response.data, 'message') ?? JSON.stringify(error.response.data);
		throw new N8nRefusal(
			error.response.status,
			`n8n answered ${error.response.status} to ${method} /rest${path}: ${words}`,
		);
	}
}

function cookieFrom(headers: unknown): string {
	const cookies = at(headers, 'set-cookie');
	const cookie: unknown = Array.isArray(cookies)
		? cookies.find((one) => String(one).startsWith('n8n-auth='))
		: undefined;
	if (typeof cookie !== 'string')
		throw new Error('n8n signed in, but sent no cookie to go on with.');
	return cookie.split(';', 1).join('');
}

/**
 * Signs in to an n8n as its owner, and makes that owner when n8n has none yet.
 *
 * @param url the address of the editor, e.g. "http://127.0.0.1:5678"
 * @param owner the one to sign in as, or to make
 * @throws N8nRefusal with status 401 when n8n has another owner or another password
 */
export async function signIn(url: string, owner: Owner): Promise<N8nSession> {
	const http = axios.create({ baseURL: url, timeout: 60_000, proxy: false });
	const settings = await send<unknown>(http, 'GET', '/settings');
	const hasNoOwner = at(settings.data.data, 'userManagement', 'showSetupOnFirstLoad') === true;
	const { email, password } = owner;
	const signedIn = hasNoOwner
		? await send<unknown>(http, 'POST', '/owner/setup', owner)
		: await send<unknown>(http, 'POST', '/login', { emailOrLdapLoginId: email, email, password });
	const cookie = cookieFrom(signedIn.headers);
	http.defaults.headers.common['Cookie'] = cookie;

	return {
		url,
		cookie,
		call: async <Answer,>(method: Method, path: string, content?: object) =>
			(await send<Answer>(http, method, path, content)).data.data,
	};
}
