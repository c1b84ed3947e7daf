import { UserError, type IHttpRequestHelper, type NodeApiError } from 'n8n-workflow';
import { codeInside, readResponse, type Response } from '../http/response';
import { isObject } from '../json';
import type { Credential } from './credential';
import { vendorSentences, vendorWords } from '../contract/errorBody';

const PATIENCE_MILLISECONDS = 30_000;

const REFUSED = 'SIGN_IN_REFUSED';
const UNAVAILABLE = 'SIGN_IN_UNAVAILABLE';

/**
 * Thrown when no access token could be had.
 *
 * `refused` is true when TransactionLink looked at the key and secret and said no: then there is no use in
 * asking again with the same ones.
 */
export class SignInError extends UserError {
	readonly refused: boolean;

	/** Under this name, because it is the one mark that n8n 1 keeps when it puts an error into one of its own. */
	readonly httpCode: string;

	constructor(message: string, description: string, refused: boolean) {
		super(message, { description });
		this.refused = refused;
		this.httpCode = refused ? REFUSED : UNAVAILABLE;
	}
}

/** The sign-in that is inside an error of n8n 1, known by its mark. */
export function signInErrorIn({
	httpCode,
	message,
	description,
}: NodeApiError): SignInError | undefined {
	if (httpCode !== REFUSED && httpCode !== UNAVAILABLE) return undefined;
	return new SignInError(message, description ?? '', httpCode === REFUSED);
}

/** 401 in v1 and v2, 400 in v3: both mean that key or secret are wrong (the vendor's documentation). */
function isWrongKey(answer: Response): boolean {
	return answer.status === 400 || answer.status === 401;
}

function explain(answer: Response): SignInError {
	const { said } = vendorWords(answer.body);
	// In the message, not only in the description: a credential's test shows nothing else.
	const reason = said === '' ? '' : `: ${said}`;
	const refused = isWrongKey(answer);
	const message = refused
		? `TransactionLink did not accept this API key and secret${reason}`
		: `TransactionLink gave no access token (status ${answer.status})${reason}`;
	const advice = refused
		? 'Copy both from the TransactionLink dashboard again, into the credential.'
		: 'Check the Base URL of the credential, or try again in a few minutes.';
	return new SignInError(
		message,
		`${advice} ${vendorSentences(answer.body, message)}`.trim(),
		refused,
	);
}

/**
 * Exchanges API key and secret for an access token: `POST /auth/authorize` of the contract.
 *
 * @param helpers n8n's request helpers, as a credential gets them
 * @returns the access token, which lives for about an hour
 * @throws SignInError when there is none, in words for the person
 */
export async function signIn(
	{ helpers }: IHttpRequestHelper,
	credential: Credential,
): Promise<string> {
	const { apiKey: key, apiSecret: secret, baseUrl } = credential;
	if (key === '' || secret === '') {
		const missing = key === '' ? 'API Key' : 'API Secret';
		throw new SignInError(
			`The TransactionLink credential has no ${missing}`,
			`Enter the ${missing} from the TransactionLink dashboard.`,
			true,
		);
	}
	const [asked] = await Promise.allSettled([
		helpers.httpRequest({
			method: 'POST',
			url: `${baseUrl}/auth/authorize`,
			body: { key, secret },
			json: true,
			timeout: PATIENCE_MILLISECONDS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		}),
	]);
	if (asked.status === 'rejected') {
		// Not handed on as it is: it carries the request, and with it the secret.
		throw new SignInError(
			`TransactionLink did not answer at ${new URL(baseUrl).host}`,
			`Check the Base URL of the credential and the network of this n8n (${codeInside(asked.reason) ?? 'no answer'}).`,
			false,
		);
	}
	const answer = readResponse(asked.value);
	const { accessToken } = isObject(answer.body) ? answer.body : {};
	if (answer.status !== 200 || typeof accessToken !== 'string' || accessToken === '') {
		throw explain(answer);
	}
	return accessToken;
}
