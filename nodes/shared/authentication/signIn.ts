import { type IHttpRequestHelper } from 'n8n-workflow';
import { isObject } from '../json';
import type { Attempt } from '../http/attempt';
import { NotSentError, type NotSentDetails } from '../http/notSentError';
import { receive, RECEIVABLE } from '../http/receive';
import { isWebPage, type Response } from '../http/response';
import { isTransient, isUntrusted, isWrongTime, retryAfter } from '../http/retry';
import { lines } from '../contract/description';
import { vendorCodes, vendorSentences } from '../contract/errorBody';
import { Mask } from '../contract/mask';
import { WRONG_ADDRESS } from './baseUrl';
import type { Credential } from './credential';

/** The total time of one exchange. */
export const SIGN_IN_MILLISECONDS = 30_000;

/** The code of a sign-in with a rejected key or secret, which is not repeated. */
export const SIGN_IN_REJECTED = 'SIGN_IN_REJECTED';

const LATER = 'Run the node again in a few minutes.';

const SIGN_IN_UNAVAILABLE = 'SIGN_IN_UNAVAILABLE';

/** Thrown when there is no access token, so that the request was not sent. */
export class SignInError extends NotSentError {
	constructor(message: string, details: Omit<NotSentDetails, 'code'> & { code?: string }) {
		super(message, { code: SIGN_IN_UNAVAILABLE, ...details });
	}
}

/** The error for an empty key or secret. */
function missing(name: string): SignInError {
	return new SignInError(`The TransactionLink credential has no ${name}`, {
		description: `Enter the ${name} from the TransactionLink dashboard.`,
		code: SIGN_IN_REJECTED,
		isTransient: false,
	});
}

function unreachable(attempt: Attempt & { kind: 'network' }): SignInError {
	const { code } = attempt;
	const clock = isWrongTime(code) ? ' Check the clock of this machine as well.' : '';
	const advice = isUntrusted(code)
		? `The certificate at the Base URL is not trusted. Check the address and any proxy.${clock}`
		: 'Check the Base URL of the credential and the network of this n8n.';
	return new SignInError(
		// Without the code, because n8n replaces messages that contain one.
		'TransactionLink did not respond to the sign-in: check the Base URL of the credential',
		{
			description: code === '' ? advice : `${advice} (${code})`,
			isTransient: isTransient(attempt),
		},
	);
}

/** 401 in v1 and v2, and 400 in v3, mean that the key or secret is wrong (documented). */
function isRejection({ status, body }: Response): boolean {
	// Any other text comes from a proxy, so it does not concern the key.
	return (status === 400 || status === 401) && (isObject(body) || body === '');
}

function unsuccessful(response: Response, { apiKey, apiSecret }: Credential): SignInError {
	const mask = new Mask([apiKey, apiSecret]);
	const codes = vendorCodes(response.body, mask).join(', ');
	const sentences = vendorSentences(response.body, mask);
	const { status } = response;
	const describe = (advice: string): string => lines(advice, ...sentences);
	if (isRejection(response)) {
		const reason = codes === '' ? '' : ` (${codes})`;
		return new SignInError(`TransactionLink did not accept this API key and secret${reason}`, {
			description: describe(
				'Copy both from the TransactionLink dashboard again, into the credential.',
			),
			code: SIGN_IN_REJECTED,
			isTransient: false,
		});
	}
	if (status === 404) {
		const { message, advice: description } = WRONG_ADDRESS;
		return new SignInError(message, { description, isTransient: false });
	}
	const transient = isTransient({ kind: 'response', response });
	const details = {
		isTransient: transient,
		...(transient ? { retryAfter: retryAfter(response, Date.now()) } : {}),
	};
	if (isWebPage(response) || ((status === 400 || status === 401) && !isObject(response.body))) {
		return new SignInError(
			`A proxy or another server responded to the sign-in, not TransactionLink (status ${status})`,
			{
				description: transient ? LATER : 'Check the Base URL of the credential and any proxy.',
				...details,
			},
		);
	}
	const advice = transient ? LATER : 'Check the Base URL of the credential.';
	const reason = codes === '' ? `status ${status}` : `status ${status}, ${codes}`;
	return new SignInError(`TransactionLink returned no access token (${reason})`, {
		description: describe(advice),
		...details,
	});
}

/**
 * Exchanges API key and secret for an access token: `POST /auth/authorize` of the contract.
 *
 * @param helpers n8n's request helpers for credentials
 * @returns the access token, which is valid for about an hour
 * @throws SignInError with a message for the user, after at most half a minute
 */
export async function signIn(
	{ helpers }: IHttpRequestHelper,
	credential: Credential,
): Promise<string> {
	const { apiKey: key, apiSecret: secret, baseUrl } = credential;
	if (key === '') throw missing('API Key');
	if (secret === '') throw missing('API Secret');
	const sending = helpers.httpRequest({
		method: 'POST',
		url: `${baseUrl}/auth/authorize`,
		body: { key, secret },
		json: true,
		timeout: SIGN_IN_MILLISECONDS,
		abortSignal: AbortSignal.timeout(SIGN_IN_MILLISECONDS),
		...RECEIVABLE,
	});
	const attempt = await receive(sending, { milliseconds: SIGN_IN_MILLISECONDS });
	if (attempt.kind === 'network') throw unreachable(attempt);
	if (attempt.kind === 'notSent') {
		const { message, description, isTransient: transient } = attempt.error;
		throw new SignInError(message, { description: description ?? '', isTransient: transient });
	}
	const { response } = attempt;
	const { accessToken } = isObject(response.body) ? response.body : {};
	if (response.status === 200 && typeof accessToken === 'string' && accessToken !== '')
		return accessToken;
	throw unsuccessful(response, credential);
}
