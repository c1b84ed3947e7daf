import { isExact } from '../shared/fields/digits';
import { endOf, endOfString, NUMBER } from '../shared/fields/jsonText';

/** Up to 15 significant digits survive a JavaScript number, unless there is an exponent. */
const ALWAYS_EXACT = /^-?[\d.]{1,15}$/;

/**
 * Puts quotation marks around each number whose digits `JSON.parse` would change, such as integers beyond 2^53.
 * A scan instead of one regular expression, which would run out of stack on long strings.
 *
 * @param json valid JSON
 */
export function quoteInexactNumbers(json: string): string {
	const parts: string[] = [];
	let copied = 0;
	for (let position = 0; position < json.length; ) {
		if (json[position] === '"') {
			position = endOfString(json, position);
			continue;
		}
		const end = endOf(NUMBER, json, position);
		const number = json.slice(position, end);
		if (number !== '' && !ALWAYS_EXACT.test(number) && !isExact(number)) {
			parts.push(json.slice(copied, position), '"', number, '"');
			copied = end;
		}
		position = Math.max(end, position + 1);
	}
	return parts.length === 0 ? json : `${parts.join('')}${json.slice(copied)}`;
}
