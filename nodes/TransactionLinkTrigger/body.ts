import { isWithinBounds } from '../shared/http/bounds';
import { quoteInexactNumbers } from './exactNumbers';

/** The body of a delivery. */
export interface Body {
	/** The parsed JSON, or the text where it is not JSON; `null` for an empty body. */
	value: unknown;
	/** The value for the item: the same, or the text if the JSON is too large or too deep to be copied. */
	payload: unknown;
}

/** Parses JSON without losing digits: a number that JavaScript would round becomes a string. */
export function parseJson(text: string): unknown {
	const value: unknown = JSON.parse(text);
	const quoted = quoteInexactNumbers(text);
	return quoted === text ? value : JSON.parse(quoted);
}

/** The encoding by the first bytes (RFC 8259 allows only UTF-8, RFC 4627 also allowed UTF-16). */
function detectEncoding([first, second]: Buffer): string | undefined {
	if (first === undefined || second === undefined) return undefined;
	if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
	return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
		? 'utf-16be'
		: undefined;
}

/** Decodes text and removes a byte order mark, as n8n does. */
function decode(bytes: Buffer, contentType: string): string {
	const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1];
	const encoding = detectEncoding(bytes) ?? charset ?? 'utf-8';
	try {
		return new TextDecoder(encoding).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
}

/**
 * Reads the body of a verified delivery.
 *
 * @param contentType the header, whose charset applies if the bytes do not show an encoding
 */
export function readBody(bytes: Buffer, contentType = ''): Body {
	const text = decode(bytes, contentType);
	if (text.trim() === '') return { value: null, payload: null };
	try {
		const value = parseJson(text);
		return { value, payload: isWithinBounds(value) ? value : text };
	} catch {
		return { value: text, payload: text };
	}
}
