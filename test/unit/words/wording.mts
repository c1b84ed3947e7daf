// Rules that hold for whatever a person reads, wherever it stands.

/** Says what is wrong with a text, or nothing. */
export type Rule = (text: string) => string | undefined;

/**
 * Words that are kept out, each with its reason. They are looked for outside quotes, addresses and names of n8n's own.
 */
const AVOIDED: [words: RegExp, why: string][] = [
	[/\b(please|sorry|oops|unfortunately)\b/i, 'n8n asks and tells plainly'],
	[/\b(simply|just|easy|easily|obviously|of course)\b/i, 'it belittles whoever is stuck'],
	[
		/\b(errors?|problems?|failures?|mistakes?)\b/i,
		"n8n's guidelines keep this word out of messages: say what happened",
	],
	[/\b(invalid|illegal|malformed)\b/i, 'it does not say what to enter instead'],
	[
		/\b(endpoint|payload|query string|request body)s?\b/i,
		'it is a word of programmers: say address, or what it holds',
	],
	// Written small: String and Boolean are what n8n's own nodes call these types.
	[
		/\b(null|undefined|NaN|array|enum|regex|boolean|integer|string)s?\b/,
		'it is a word of programmers: say empty, list, text, number',
	],
	[/\b(HTTPS?|REST|JWS|JWT|JSON Web|UUID|GUID)\b/, 'nobody who fills in a form knows it'],
	[
		/\b(this|the|each|every) step\b|\bsteps? (before|after|above|below)\b/i,
		"n8n's word is node; a step is what an end user does in TransactionLink",
	],
	[
		/\bworkflow execution\b/i,
		"n8n's executions and TransactionLink's runs are two things: say run",
	],
	[/\b(shall|thereof|whereby|hereby|whilst)\b/i, 'nobody talks like this'],
	[/\bclick here\b/i, 'it does not say where one gets to'],
];

/** What stands in quotes is quoted as it is; an address is none of ours. */
export function withoutQuotes(text: string): string {
	return text
		.replace(/"[^"]*"|`[^`]*`/g, '"X"')
		.replace(/https?:\/\/[^\s)]*[^\s).,;:]|https?:\/\//g, 'X')
		.replace(/\b(HTTP Request|On Error|Error Workflow)\b/g, 'Name');
}

const avoided: Rule = (text) => {
	for (const [words, why] of AVOIDED) {
		const [found] = words.exec(withoutQuotes(text)) ?? [];
		if (found !== undefined) return `"${found}": ${why}`;
	}
	return undefined;
};

/** Tests that ask for one pattern, outside quotes and addresses. */
function without(pattern: RegExp, why: string): Rule {
	return (text) => {
		const [found] = pattern.exec(withoutQuotes(text)) ?? [];
		return found === undefined ? undefined : `"${found}": ${why}`;
	};
}

const VOWEL_SOUND = /\ban? +(?!n8n\b)([A-Za-z][\w-]*)/gi;
const SOUNDS_LIKE_CONSONANT = /^(uni|use|usu|util|euro|one\b|once\b|URLs?\b|UTC\b|UUIDs?\b)/i;
const SOUNDS_LIKE_VOWEL = /^(hour|honest|heir|HTTPS?\b|SMS\b|MIME\b|X\b|[FHLMNRSX][A-Z]+\b)/;

/** By sound, as far as letters tell it. */
const articles: Rule = (text) => {
	for (const [found, next = ''] of withoutQuotes(text).matchAll(VOWEL_SOUND)) {
		const isVowel =
			SOUNDS_LIKE_VOWEL.test(next) || (/^[aeiou]/i.test(next) && !SOUNDS_LIKE_CONSONANT.test(next));
		if (/^an/i.test(found) !== isVowel && !/^(JSON|X)$/.test(next))
			return `"${found}": the other article`;
	}
	return undefined;
};

/** For every text, in the panel, in a message or on the canvas. */
export const forAll: Record<string, Rule> = {
	'no word that is kept out': avoided,
	'no blank at either end, and no two in a row': (text) =>
		/^\s|\s$|[^\S\n]{2,}|\t/.test(text) ? 'blanks' : undefined,
	'ID, URL, JSON, API, CSV and PDF in capitals': without(
		/(?<![.\w])(ids?|Ids?|urls?|Urls?|json|Json|apis?|Apis?|csv|Csv|pdf|Pdf|ID's|URL's)\b/,
		'capitals',
	),
	'"e.g." with both stops': without(
		/\b(eg|Eg|E\.g|e\.g(?!\.)|i\.e)\b\.?/,
		'write "e.g.", or "that is"',
	),
	'e-mail, TransactionLink and n8n as they are written': without(
		/\b(email address|E-Mail|Transactionlink|Transaction Link|TransactionLInk|N8N|N8n)\b/,
		'spelled otherwise',
	),
	'straight quotes, and no & or !': without(/[&!“”‘’…–—]/, 'not in these texts'),
	'a before a consonant, an before a vowel': articles,
	'no word twice in a row': without(/\b(\w+) \1\b/i, 'twice'),
};

/** How many sentences a text has. A stop inside "e.g.", a number or an address ends none. */
function sentencesIn(text: string): number {
	return withoutQuotes(text)
		.replace(/\be\.g\./g, 'such as')
		.split(/[.?]\s+(?=[A-Z"{n])/).length;
}

/** n8n's rule: one sentence has no full stop, several have one each. */
export const stopsAsInPanels: Rule = (text) => {
	const hasStop = text.endsWith('.') && !text.endsWith('...');
	if (sentencesIn(text) === 1) return hasStop ? 'one sentence has no full stop' : undefined;
	return hasStop ? undefined : 'several sentences have a full stop each, the last too';
};

/** What stands alone as a heading. */
export const noStop: Rule = (text) =>
	/[.:;,]$/.test(text) && !text.endsWith('...') ? 'no stop at the end' : undefined;

/** What other sentences are put behind; "{}" is what is filled in, which may be some already. */
export const withStop: Rule = (text) =>
	/\.( ?\{\})?$/.test(text) ? undefined : 'a stop at the end';

/** Begins as a sentence does. */
export const capitalFirst: Rule = (text) =>
	/^(["{A-Z0-9(]|n8n\b|e\.g\.)/.test(text) ? undefined : 'a capital at the beginning';
