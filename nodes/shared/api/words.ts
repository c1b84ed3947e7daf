import { WRONG_ADDRESS } from '../authentication/baseUrl';
import { nouns, type IdName } from '../contract/nouns';
import { CANCELLED, CUT_BODY, TIMED_OUT } from '../http/attempt';
import { isWebPage, type Response } from '../http/response';
import { isTransient, isUntrusted, isWrongTime, retryAfter } from '../http/retry';
import { isIdempotent, type Purpose, type Request } from './request';
import type { Sent } from './sent';

/** The heading of an error, and what to do. `errors.ts` adds the known effect. */
export interface Words {
	message: string;
	advice: string;
}

const CHECK_BASE_URL = 'Check the Base URL of the credential and any proxy.';

const NOTHING_THERE: Words = {
	message: 'TransactionLink has nothing at this path',
	advice: 'Check the path, the IDs in it, and the method.',
};

/** A 404 does not show which of several IDs it refers to. */
function notFound(ids: Partial<Record<IdName, string>>): Words {
	const names = Object.keys(ids).filter((name): name is IdName => name in nouns);
	const ones = names.map((name) => nouns[name].one);
	const last = ones.pop() ?? '';
	return {
		message: `TransactionLink has no ${ones.length === 0 ? last : `${ones.join(', ')} or ${last}`} with this ID`,
		advice: [
			names.length === 1 ? 'Correct this ID.' : 'Correct the wrong one of these IDs.',
			...names.map(
				(name) => `${nouns[name].label} ${ids[name] ?? ''}: ${nouns[name].whereToFind}.`,
			),
		].join(' '),
	};
}

function tooMany(action: string, response: Response): Words {
	const wait = retryAfter(response, Date.now());
	const when = wait === undefined ? 'in a minute' : `in ${Math.ceil(wait / 1000)} seconds`;
	return {
		message: `TransactionLink asks to slow down and did not ${action}`,
		advice: `Run the item again ${when}, with fewer items at a time.`,
	};
}

function transientAdvice(request: Request): string {
	const then = isIdempotent(request) ? ' Then run the item again.' : '';
	return `This usually goes away within a few minutes.${then}`;
}

/** A web page does not come from TransactionLink, so its status only shows what kind of server sent it. */
function webPage(request: Request, response: Response): Words {
	const { action } = request.purpose;
	const { status } = response;
	if (status === 404) return WRONG_ADDRESS;
	const message = `A web page came back instead of data when asked to ${action} (status ${status})`;
	if (status !== 429 && isTransient({ kind: 'response', response }))
		return { message, advice: `A gateway or proxy sent this page. ${transientAdvice(request)}` };
	const byStatus: Record<number, string> = {
		401: 'A proxy asks for a sign-in of its own.',
		403: 'A proxy or firewall did not let the request through.',
		407: 'A proxy asks for a sign-in of its own.',
		413: 'A proxy rejects a file or body of this size: send a smaller one.',
		429: 'A proxy asks to slow down: run the item again in a minute, with fewer items at a time.',
	};
	return { message, advice: [byStatus[status], CHECK_BASE_URL].filter(Boolean).join(' ') };
}

const REDIRECT_ADVICE =
	'Redirects are not followed, to protect the credential. Check the Base URL of the credential.';

function rejected({ action, check }: Purpose, { status }: Response, codes: string[]): Words {
	if (status === 413) {
		return {
			message: `TransactionLink did not ${action}: the file or the body is too large`,
			advice: 'Send a smaller one.',
		};
	}
	if (codes.length > 0) {
		return {
			message: `TransactionLink refused to ${action} (${codes.join(', ')})`,
			advice: ['Correct the fields that TransactionLink names.', check].filter(Boolean).join(' '),
		};
	}
	return {
		message: `TransactionLink refused to ${action} (status ${status})`,
		advice: 'Check the Base URL of the credential and the values of the fields.',
	};
}

/** The paths of v1 and v2. TransactionLink does not document whether they accept organization tokens. */
const OLDER_PATH = /^\/(cases|parameters|link|token|resources|workflows\/)/;

function tokenHint({ request: { path }, hasOrganizationToken }: Sent): string {
	return hasOrganizationToken && OLDER_PATH.test(path)
		? ' One possible reason: TransactionLink may not accept organization tokens for this call.'
		: '';
}

/** Heading and advice for a response that is not a success. */
export function wordsForResponse(sent: Sent, response: Response, codes: string[]): Words {
	const { request } = sent;
	const { action, ids = {}, isPathEntered = false } = request.purpose;
	const { status } = response;
	if (isWebPage(response)) return webPage(request, response);
	if (status >= 300 && status < 400)
		return {
			message: `TransactionLink pointed to another address when asked to ${action}`,
			advice: REDIRECT_ADVICE,
		};
	if (status === 401)
		return {
			message: `TransactionLink did not accept the credential when asked to ${action}`,
			advice:
				'Open the TransactionLink credential, enter the token or the key and secret again, and save it.' +
				tokenHint(sent),
		};
	if (status === 403)
		return {
			message: `The TransactionLink credential is not allowed to ${action}`,
			advice:
				'Ask the administrator of your TransactionLink account for the permission, or use a credential that ' +
				`has it.${tokenHint(sent)}`,
		};
	if (status === 404 && isPathEntered) return NOTHING_THERE;
	if (status === 404) return Object.keys(ids).length > 0 ? notFound(ids) : WRONG_ADDRESS;
	if (status === 429) return tooMany(action, response);
	if (status >= 500 || status === 408) {
		return {
			message: `TransactionLink could not ${action} (status ${status})`,
			advice: transientAdvice(request),
		};
	}
	return rejected(request.purpose, response, codes);
}

const UNREACHABLE =
	'The host in the Base URL of the credential cannot be reached. Check the network of this n8n.';

const NETWORK_ADVICE: Record<string, string> = {
	ECONNREFUSED: 'Nothing listens at the Base URL of the credential. Check the address.',
	ENOTFOUND: 'The host in the Base URL of the credential was not found. Check the address.',
	EAI_AGAIN:
		'The host in the Base URL of the credential could not be looked up. Check the network of this n8n.',
	EHOSTUNREACH: UNREACHABLE,
	ENETUNREACH: UNREACHABLE,
	EPROTO:
		'No secure connection could be established. Check the Base URL of the credential and any proxy.',
	[CUT_BODY]:
		'The response is incomplete or not JSON. Check the network of this n8n and any proxy.',
	[TIMED_OUT]:
		'The response was not complete in time. Check the network of this n8n and any proxy.',
	[CANCELLED]: 'The execution was cancelled.',
};

function networkAdvice(code: string): string {
	if (isUntrusted(code)) {
		const clock = isWrongTime(code) ? ' Check the clock of this machine as well.' : '';
		return `The certificate at the Base URL is not trusted. Check the address and any proxy.${clock}`;
	}
	if (/^ERR_(SSL|TLS)_/.test(code)) return NETWORK_ADVICE.EPROTO ?? '';
	return NETWORK_ADVICE[code] ?? 'Check the network of this n8n.';
}

/** Heading and advice for a request without a complete response. */
export function wordsForNetwork({ purpose }: Request, code: string): Words {
	const advice = networkAdvice(code);
	return {
		message:
			code === CUT_BODY
				? `TransactionLink's response to the request to ${purpose.action} could not be read`
				: `TransactionLink did not respond when asked to ${purpose.action}`,
		advice: code === '' ? advice : `${advice} (${code})`,
	};
}
