/** Up to 15 significant digits survive a JavaScript number, unless there is an exponent. */
const ALWAYS_EXACT = /^-?[\d.]{1,15}$/;

const NUMBER = /-?\d[\d.eE+-]*/y;

const LONGEST_EXPONENT = 6;

/** A decimal as its digits and a power of ten, so that "1.50e2" and "150" are equal. */
function canonical(text: string): string {
	const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
	const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	const power = Number(exponent) - fraction.length + digits.length - significant.length;
	return `${mantissa.startsWith('-') ? '-' : ''}${significant}e${power}`;
}

/** Whether a JavaScript number has the same digits as its JSON text. */
function isExact(text: string): boolean {
	if (ALWAYS_EXACT.test(text)) return true;
	const exponent = /[eE][+-]?(\d+)$/.exec(text)?.[1] ?? '';
	if (exponent.length > LONGEST_EXPONENT) return false;
	return canonical(text) === canonical(String(Number(text)));
}

/** The position after the string that starts at a quotation mark. */
function endOfString(json: string, start: number): number {
	for (
		let quote = json.indexOf('"', start + 1);
		quote !== -1;
		quote = json.indexOf('"', quote + 1)
	) {
		let backslashes = 0;
		while (json[quote - 1 - backslashes] === '\\') backslashes += 1;
		if (backslashes % 2 === 0) return quote + 1;
	}
	return json.length;
}

/**
 * Puts quotation marks around each number whose digits `JSON.parse` would change, such as integers beyond 2^53.
 * A scan instead of one regular expression, which would run out of stack on long strings.
 *
 * @param json valid JSON; invalid JSON stays invalid
 */
export function quoteInexactNumbers(json: string): string {
	const parts: string[] = [];
	let copied = 0;
	for (let position = 0; position < json.length; ) {
		const character = json[position] ?? '';
		if (character === '"') {
			position = endOfString(json, position);
			continue;
		}
		NUMBER.lastIndex = position;
		const [number] = NUMBER.exec(json) ?? [];
		if (number !== undefined && !isExact(number)) {
			parts.push(json.slice(copied, position), '"', number, '"');
			copied = position + number.length;
		}
		position += number?.length ?? 1;
	}
	return parts.length === 0 ? json : `${parts.join('')}${json.slice(copied)}`;
}
