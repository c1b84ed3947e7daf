/** Invisible characters: Unicode's default ignorable ones, and control characters except tab and line breaks. */
const CONTROLS = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFF9-\uFFFB`;

/**
 * Line breaks and separators of word processors and old files. They become line breaks, so that words stay separate.
 */
const LINE_BREAKS = new RegExp(String.raw`[\u000B\u000C\u001C-\u001F\u0085]`, 'g');
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}${CONTROLS}`;

/**
 * Invisible characters that belong to their neighbors: joiners in emoji, joiners in scripts that use them (Persian,
 * the scripts of India and others), variants of emoji and of ideographs, and the letters inside a flag.
 */
const JOINED = [
	String.raw`(?<=\p{Extended_Pictographic}(?:\uFE0F|[\u{1F3FB}-\u{1F3FF}])?)\u200D(?=\p{Extended_Pictographic})`,
	String.raw`(?<=[\p{L}\p{M}])(?<![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{DI}])[\u200C\u200D]`,
	String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]|\uFE0F(?=\u20E3)`,
	String.raw`(?<=\p{sc=Han})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]|(?<=\p{sc=Mongolian})[\u180B-\u180F]`,
	String.raw`(?<=\u{1F3F4}[\u{E0020}-\u{E007E}]{0,6})[\u{E0020}-\u{E007F}]`,
].join('|');

const INVISIBLE_UNLESS_JOINED = new RegExp(`(${JOINED})|[${INVISIBLE}]`, 'gu');
const ALL_INVISIBLE = new RegExp(`[${INVISIBLE}]`, 'gu');
const INVISIBLE_EDGE = new RegExp(`^[\\s\\u2800${INVISIBLE}]$`, 'u');
const BLANK_EDGE = /^[\s\u2800]$/;

/**
 * Joiners at an end have no effect, except after a virama, where some scripts of India write a final letter with
 * them.
 */
const JOINER_EDGE = /^[\u200C\u200D]+|(?<!\p{M})[\u200C\u200D]+$/gu;
const PLAIN_ASCII = /^[\x20-\x7E\t\n\r]*$/;

/** Half of a character, for example of an emoji that was cut. */
const HALF_CHARACTER = /\p{Cs}/u;

function withoutEdges(text: string, edge: RegExp): string {
	let start = 0;
	let end = text.length;
	while (start < end && edge.test(text.charAt(start))) start += 1;
	while (end > start && edge.test(text.charAt(end - 1))) end -= 1;
	return text.slice(start, end);
}

/** Removes blanks and invisible characters at both ends of a text only. */
export function trimmed(text: string): string {
	return withoutEdges(text, INVISIBLE_EDGE);
}

/** Removes the invisible characters of a text, except those that belong to a script or an emoji. */
export function withoutInvisible(text: string): string {
	if (PLAIN_ASCII.test(text)) return text;
	return text
		.replace(LINE_BREAKS, '\n')
		.replace(INVISIBLE_UNLESS_JOINED, (_, joined: string | undefined) => joined ?? '');
}

/** Text for people: without invisible characters, and without blanks at its ends. */
export function cleanText(text: string): string {
	const visible = withoutEdges(withoutInvisible(text), BLANK_EDGE);
	return withoutEdges(visible.replace(JOINER_EDGE, ''), BLANK_EDGE);
}

/** A number or an address as text: without any invisible characters, because no script joins its characters. */
export function cleanCompact(text: string): string {
	return trimmed(text.replace(LINE_BREAKS, '\n').replace(ALL_INVISIBLE, ''));
}

/** A name that is compared with others: also in one Unicode form, because keyboards and files differ. */
export function cleanName(text: string): string {
	return cleanText(text.normalize('NFC')).normalize('NFC');
}

export function hasHalfCharacter(text: string): boolean {
	return HALF_CHARACTER.test(text);
}

/**
 * Names a character without repeating the text around it, as in `U+200B at position 3`.
 *
 * @param index of its first code unit, from 0
 */
export function characterAt(text: string, index: number): string {
	const code = text.codePointAt(index) ?? 0;
	const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
	const isSign = /[\x21-\x7E]/.test(String.fromCodePoint(code));
	const position = Array.from(text.slice(0, index)).length + 1;
	return `${isSign ? `"${String.fromCodePoint(code)}" (${name})` : name} at position ${position}`;
}
