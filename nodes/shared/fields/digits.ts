const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** A decimal number in one form: its digits without zeros at either end, and their exponent. */
function normalized(decimal: string): string | undefined {
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(decimal) ?? [];
	if (whole === '') return undefined;
	const all = `${whole}${fraction}`;
	const withoutLeading = all.replace(/^0+/, '');
	let end = withoutLeading.length;
	while (end > 0 && withoutLeading[end - 1] === '0') end -= 1;
	if (end === 0) return '0';
	const firstDigitAt = whole.length - (all.length - withoutLeading.length) + Number(exponent);
	return `${sign === '-' ? '-' : ''}${withoutLeading.slice(0, end)}@${firstDigitAt}`;
}

/** Whether JavaScript keeps every digit of a number. @param written a decimal number, with or without exponent */
export function isExact(written: string): boolean {
	const number = Number(written);
	return Number.isFinite(number) && normalized(written) === normalized(String(number));
}

/** Whether a number may have lost digits: JavaScript represents whole numbers exactly only up to 2^53. */
export function hasLostDigits(number: number): boolean {
	return Number.isInteger(number) && !Number.isSafeInteger(number);
}

/** The number of digits that JavaScript always keeps. */
const SURE_DIGITS = 15;

/**
 * The text of a number, for a text field.
 *
 * @returns undefined when digits may be lost, or when the text would have an exponent
 */
export function textOfNumber(number: number): string | undefined {
	if (Number.isSafeInteger(number)) return String(number);
	const text = String(number);
	return /^-?\d+\.\d+$/.test(text) && text.replace(/^-?0?\.?0*|\./g, '').length <= SURE_DIGITS
		? text
		: undefined;
}
