import { isObject } from '../json';
import type { Mask } from './mask';

const LONGEST_SENTENCE = 500;
const MOST_CODES = 3;

/** The form of TransactionLink's codes. Any other text may repeat a value of the request. */
const CODE = /^[A-Za-z0-9_.-]{1,60}$/;

const FINGERPRINT = /^[\w.:-]{1,100}$/;

interface ErrorBody {
	errors: Array<{ code: string; message: string }>;
	fingerprint: string;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/**
 * Reads TransactionLink's error body (`ErrorBody` of the contract). Any other shape may come from a proxy, and is
 * ignored.
 */
function errorBody(body: unknown): ErrorBody {
	const { errors, fingerprint } = isObject(body) ? body : {};
	const list: unknown[] = Array.isArray(errors) ? errors.slice(0, 20) : [];
	return {
		errors: list
			.map((one) => (isObject(one) ? one : {}))
			.map(({ code, message }) => ({ code: text(code), message: text(message) }))
			.filter(({ code, message }) => code !== '' || message !== ''),
		fingerprint: text(fingerprint),
	};
}

/** Whether a body is TransactionLink's error body, whatever the status of the response. */
export function isErrorBody(body: unknown): boolean {
	const { errors, fingerprint } = errorBody(body);
	return errors.length > 0 && fingerprint !== '';
}

/** TransactionLink's codes, without those that do not look like a code or repeat a value of the request. */
export function vendorCodes(body: unknown, mask: Mask): string[] {
	const codes = errorBody(body).errors.map(({ code }) => code);
	return [...new Set(codes)]
		.filter((code) => CODE.test(code) && !mask.isIn(code))
		.slice(0, MOST_CODES);
}

/** TransactionLink's sentences and the fingerprint for a description: masked, one line each, with a limited length. */
export function vendorSentences(body: unknown, mask: Mask): string[] {
	const { errors, fingerprint } = errorBody(body);
	const said = errors
		.map(({ message }) => mask.hide(message).replace(/\.$/, ''))
		.filter(Boolean)
		.join('; ');
	const shortened = said.length > LONGEST_SENTENCE ? `${said.slice(0, LONGEST_SENTENCE)}...` : said;
	const sentences = shortened === '' ? [] : [`TransactionLink said: ${shortened}.`];
	if (FINGERPRINT.test(fingerprint) && !mask.isIn(fingerprint))
		sentences.push(`Fingerprint for TransactionLink's support: ${fingerprint}.`);
	return sentences;
}
