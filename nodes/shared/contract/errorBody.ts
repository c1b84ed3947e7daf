import { isObject } from '../json';

const LONGEST = 500;

/** What TransactionLink itself said about a call that it did not carry out (`Refusal` of the contract). */
export interface VendorWords {
	/** Its codes and messages, without a full stop; empty when it gave none. */
	said: string;
	/** What its support asks for; empty when there was none. */
	fingerprint: string;
}

function shortened(text: string): string {
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

function oneLine(refusal: unknown): string {
	const { code, message } = isObject(refusal) ? refusal : {};
	return [code, message]
		.filter((part): part is string => typeof part === 'string' && part !== '')
		.join(': ')
		.replace(/\.$/, '');
}

/**
 * Reads the vendor's words out of an answer. Of anything but the documented shape nothing is repeated: it may
 * hold whatever a proxy on the way put there.
 *
 * @param body the body of the answer
 */
export function vendorWords(body: unknown): VendorWords {
	const { errors, fingerprint } = isObject(body) ? body : {};
	return {
		said: shortened(Array.isArray(errors) ? errors.map(oneLine).filter(Boolean).join('; ') : ''),
		fingerprint: typeof fingerprint === 'string' ? shortened(fingerprint) : '',
	};
}

/** Whether a body says that the call was not carried out, whatever its status says. */
export function isRefusal(body: unknown): boolean {
	const { said, fingerprint } = vendorWords(body);
	return said !== '' && fingerprint !== '';
}

/**
 * The same as sentences, to stand behind our own in a description.
 *
 * @param message what n8n shows right above the description: what it says already is not said again
 */
export function vendorSentences(body: unknown, message: string): string {
	const { said, fingerprint } = vendorWords(body);
	const sentences: string[] = [];
	if (said !== '' && !message.includes(said)) sentences.push(`TransactionLink said: ${said}.`);
	if (fingerprint !== '')
		sentences.push(`Fingerprint for TransactionLink's support: ${fingerprint}.`);
	return sentences.join(' ');
}
