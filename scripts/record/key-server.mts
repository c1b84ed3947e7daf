import type { KeySource } from '../../nodes/TransactionLinkTrigger/keys.ts';

const TIMEOUT_MILLISECONDS = 10_000;

/** The TransactionLink server that has the public keys. */
export interface KeyServer extends KeySource {
	baseUrl: string;
	/** The requests so far. */
	requests: { withAuthorization: boolean; status: number }[];
}

/**
 * Requests keys without authorization first: whether TransactionLink requires it is not documented.
 *
 * @param baseUrl checked, so that the authorization may be sent there
 */
export function keyServerAt(baseUrl: string, authorization?: string): KeyServer {
	const requests: KeyServer['requests'] = [];
	const get = async (url: string, headers: Record<string, string>) => {
		const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
		const response = await fetch(url, { redirect: 'manual', signal, headers });
		const { status } = response;
		requests.push({ withAuthorization: 'authorization' in headers, status });
		return { status, headers: {}, body: await response.text() };
	};
	return {
		baseUrl,
		requests,
		async send({ path, query = [], accept = '*/*' }) {
			const url = `${baseUrl}${path}?${new URLSearchParams(Object.fromEntries(query)).toString()}`;
			const first = await get(url, { accept });
			if (first.status === 200 || authorization === undefined) return first;
			return await get(url, { accept, authorization });
		},
	};
}
