import { hasHalfCharacter } from './hygiene';

/** What is wrong with a value, as a sentence after the label of its field, and what to do. */
export interface Finding {
	finding: string;
	advice: string;
}

export const NO_TEXT: Finding = {
	finding: 'is incomplete: the expression returned no text',
	advice:
		'Check the expression: its field is missing or contains an object. Its preview must show the text',
};

const NOT_EVALUATED: Finding = {
	finding: 'contains an expression that was not evaluated',
	advice: 'Switch the field to Expression, or remove the double braces',
};

const SPREADSHEET: Finding = {
	finding: 'contains what a spreadsheet shows when a formula has no value',
	advice: 'Correct the cell in the spreadsheet',
};

/** A number that a spreadsheet or program shortened: `1.99E+11`. */
export const LOST_DIGITS: Finding = {
	finding: 'lost digits before it reached this node',
	advice: 'Format the column as text in the spreadsheet',
};

const HALF_CHARACTER: Finding = {
	finding: 'contains half of a character',
	advice: 'Cut the text at another position',
};

const LEFTOVERS: ReadonlyArray<[RegExp, Finding]> = [
	// "undefined" also inside words: `first + last` returns "Nathanundefined".
	[/\[object [A-Z][A-Za-z]*\]|\{ \[native code\] \}|undefined|Invalid Date/, NO_TEXT],
	// Not within base64, where NaN can be part of the text.
	[/(?<![\p{L}\p{N}+/=_-])NaN(?![\p{L}\p{N}+/=_-])/u, NO_TEXT],
	[/(?<!\S)#(N\/A|NV|[\p{Lu}\d/_]{2,20}[!?])(?!\S)/u, SPREADSHEET],
	[/^[+-]?\d+([.,]\d+E[+-]?|E\+)\d{1,3}$/i, LOST_DIGITS],
];

function hasBraces(text: string): boolean {
	const open = text.indexOf('{{');
	return open !== -1 && text.includes('}}', open + 2);
}

/**
 * Finds what expressions and spreadsheets leave in a text when they have no value. `Null` is a surname, so it is not
 * one of these.
 */
export function residueIn(text: string): Finding | undefined {
	if (hasBraces(text)) return NOT_EVALUATED;
	if (hasHalfCharacter(text)) return HALF_CHARACTER;
	return LEFTOVERS.find(([pattern]) => pattern.test(text))?.[1];
}
