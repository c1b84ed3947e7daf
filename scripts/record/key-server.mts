import type { KeySource } from '../../nodes/TransactionLinkTrigger/keys.ts';

/** Where keys are fetched, and with what. */
export interface KeyServer extends KeySource {
	baseUrl: string;
}

const PATIENCE_MILLISECONDS = 10_000;

/** One question for the key of a signature, and the answer as far as it settles something. */
export interface KeyRequest {
	withAuthorization: boolean;
	status: number;
	contentType: string | null;
}

/**
 * Asks TransactionLink for keys, first without a credential: whether the address wants one is not documented.
 *
 * @param baseUrl checked, so that a credential may be sent there
 * @param authorization what goes into the header of that name, where the first question is not answered with a key
 * @returns the server, and the list of questions, which grows as they are asked
 */
export function keyServerAt(
	baseUrl: string,
	authorization?: string,
): { server: KeyServer; requests: KeyRequest[] } {
	const requests: KeyRequest[] = [];
	const ask = async (url: URL, accept: string, credential?: string) => {
		const response = await fetch(url, {
			redirect: 'manual',
			signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
			headers: { accept, ...(credential === undefined ? {} : { authorization: credential }) },
		});
		const { status, headers } = response;
		requests.push({
			withAuthorization: credential !== undefined,
			status,
			contentType: headers.get('content-type'),
		});
		return { status, headers: {}, body: await response.text() };
	};
	const server: KeyServer = {
		baseUrl,
		async send({ path, query, accept = '*/*' }) {
			const url = new URL(`${baseUrl}${path}?${new URLSearchParams(query).toString()}`);
			const first = await ask(url, accept);
			return first.status === 200 || authorization === undefined
				? first
				: await ask(url, accept, authorization);
		},
	};
	return { server, requests };
}
