type Avoided = readonly (readonly [expression: RegExp, reason: string])[];

/** Expressions that no text for users contains, each with the reason. */
const AVOIDED: Avoided = [
	[/\b(please|sorry|oops|unfortunately)\b/i, 'n8n states facts'],
	[/\b(simply|just|easy|easily|obviously|of course)\b/i, 'it belittles a user who is stuck'],
	[/\b(errors?|problems?|failures?|mistakes?)\b/i, "n8n's guidelines: say what happened"],
	[/\b(invalid|illegal|malformed)\b/i, 'say what to enter instead'],
	[/\b(endpoint|payload|query string|request body)s?\b/i, 'jargon: say address or content'],
	// In lower case: String and Boolean are labels in n8n's own nodes.
	[
		/\b(null|undefined|NaN|array|enum|regex|boolean|integer|string)s?\b/,
		'jargon: say text or list',
	],
	[/\b(HTTPS?|REST|JWS|JWT|JSON Web|UUID|GUID)\b/, 'jargon: users fill in a form'],
	[/\b(this|the|each|every) step\b|\bsteps? (before|after|above|below)\b/i, 'n8n says node'],
	[/\bworkflow execution\b/i, "TransactionLink's are runs, n8n's are executions"],
	[/\b(shall|thereof|whereby|hereby|whilst)\b/i, 'archaic'],
	[/\bclick here\b/i, 'name the destination'],
	[
		/\b(email address|E-Mail|Transaction ?link|Transaction Link|N8[Nn])\b/,
		'another spelling is usual',
	],
	[/\b(eg|Eg|E\.g|i\.e)\b|\be\.g(?!\.)/, 'write "e.g." or "that is"'],
	[/(?<![.\w])(ids?|Ids?|urls?|Urls?|json|Json|apis?|Apis?)\b/, 'ID, URL, JSON, API'],
	[/\b(\w+) \1\b/i, 'a repeated word'],
];

/** Expressions that no label, message, example or document contains. */
const NOT_IDIOMATIC: Avoided = [
	[/\b(nobody|somebody|whoever|anybody)\b/i, 'name the actor'],
	[
		/\b(anew|dear|all the same|as (it|they) came|any more)\b/i,
		'odd: write "again", "expensive", "nevertheless", "unchanged", "no longer"',
	],
	[/\b(go(es|ing)?|gone|went) by\b/i, 'write "pass", or "use"'],
	[/\b(mend|reckon)(s|ed|ing)?\b/i, 'write "fix" or "calculate"'],
	[/\b(see(s|n|ing)?|saw) to it\b/i, 'name what the actor does'],
	[/\bhears? of\b/i, 'write "is notified of"'],
	[/\bbeside\b/i, 'write "next to" or "besides"'],
	[/\bat it\b/i, 'name the object'],
];

/** Replaces quotations, addresses and the names of n8n's own nodes, which may contain any word. */
const withoutQuotations = (text: string): string =>
	text
		.replace(/"[^"]*"|`[^`]*`/g, '"X"')
		.replace(/https?:\/\/[^\s)]*[^\s).,;:]|https?:\/\//g, 'X')
		.replace(/\b(HTTP Request|On Error|Error Workflow)\b/g, 'X');

const foundIn = (text: string, avoided: Avoided): string[] =>
	avoided.flatMap(([expression, reason]) => {
		const [found] = expression.exec(text) ?? [];
		return found === undefined ? [] : [`"${found}" (${reason})`];
	});

/** The expressions in a text that are not idiomatic, each with the reason. */
export const unidiomaticIn = (text: string): string[] => foundIn(text, NOT_IDIOMATIC);

/** The expressions that a label, message or example should avoid, each with the reason. */
export const avoidedIn = (text: string): string[] =>
	foundIn(withoutQuotations(text), [...AVOIDED, ...NOT_IDIOMATIC]);
