import { field, type Field, type Reader } from './field';
import { LOST_DIGITS, residueIn } from './residue';
import { readCompact, textProperty, type Shown } from './text';

/** Marks around digits that spreadsheets and people use for text: `'0012`, `="0012"`, `“0012”`. */
const TEXT_MARKS = /^[=+'’‘"“”\s]+(?=\S)|['’‘"“”\s;,]+$/g;

/** Part of a formula instead of its value. */
const FORMULA = /[="&]/;

/** Numbers that were stored in a number cell: `199001012384.0`, `1.99E+11`. */
const SPOILT = /^[+-]?(\d+[.,]0{1,2}|\d{7,}[.,]0+|\d+[.,]\d+e[+-]?\d+|\d+e[+-]\d+)$/i;

/** Far longer than any number of a person, a company or a telephone. */
const LONGEST = 200;

const TELEPHONE = /^(?=.*\d)[\d +\u00A0()./-]+$/;

/** A number as text, because it may start with zeros or contain letters and signs. */
const readNumberText: Reader<string | undefined> = (value, reading) => {
	const entered = readCompact(value, reading) ?? '';
	if (entered.length > LONGEST) throw reading.reject('is too long for a number');
	const text = entered.replace(TEXT_MARKS, '');
	if (text === '') return undefined;
	const residue = residueIn(text);
	if (residue !== undefined) throw reading.reject(residue.finding, residue.advice);
	if (FORMULA.test(text)) throw reading.reject('contains a part of a formula');
	if (SPOILT.test(text)) throw reading.reject(LOST_DIGITS.finding, LOST_DIGITS.advice);
	return text;
};

const readTelephone: Reader<string | undefined> = (value, reading) => {
	const text = readNumberText(value, reading);
	if (text === undefined || TELEPHONE.test(text)) return text;
	throw reading.reject('is not a telephone number');
};

/** A field for the number of a person or a company, with its zeros and signs. */
export function numberTextField(shown: Shown): Field<string | undefined> {
	const expected = 'Enter the number as text, with its leading zeros';
	return field(textProperty(shown), expected, readNumberText);
}

/** A field for a telephone number or a part of one. */
export function telephoneField(shown: Shown): Field<string | undefined> {
	return field(
		textProperty(shown),
		'Enter digits, with blanks and the signs + ( ) . / - between them',
		readTelephone,
	);
}
