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
	[/\b(shall|thereof|whereby|hereby|whilst)\b/i, 'nobody talks like this'],
	[/\bclick here\b/i, 'name the destination'],
	[/\b(email address|E-Mail|Transaction ?link|Transaction Link|N8[Nn])\b/, 'spelled otherwise'],
	[/\b(eg|Eg|E\.g|i\.e)\b|\be\.g(?!\.)/, 'write "e.g." or "that is"'],
	[/(?<![.\w])(ids?|Ids?|urls?|Urls?|json|Json|apis?|Apis?)\b/, 'ID, URL, JSON, API'],
	[/\b(\w+) \1\b/i, 'the same word twice'],
];

/** Expressions that no label, message, example or document contains. */
export const NOT_IDIOMATIC: Avoided = [
	[/\b(nobody|somebody|whoever|anybody)\b/i, 'name the actor'],
	[/\b(anew|all the same|goes by|as it came|mend(s|ed)?|reckon(s|ed)?|dear|sees? to it)\b/i, 'odd'],
	[/\bbeside\b/i, 'write "next to" or "besides"'],
	[/\bat it\b/i, 'name the object'],
];

/** Quotations, addresses and the names of n8n's own nodes are not our words. */
const withoutQuotations = (text: string): string =>
	text
		.replace(/"[^"]*"|`[^`]*`/g, '"X"')
		.replace(/https?:\/\/[^\s)]*[^\s).,;:]|https?:\/\//g, 'X')
		.replace(/\b(HTTP Request|On Error|Error Workflow)\b/g, 'X');

/**
 * The expressions to avoid that a text contains, each with the reason.
 *
 * @param more expressions, besides those that no text contains
 */
export function avoidedIn(text: string, more: Avoided = []): string[] {
	return [...AVOIDED, ...more].flatMap(([expression, reason]) => {
		const [found] = expression.exec(withoutQuotations(text)) ?? [];
		return found === undefined ? [] : [`"${found}" (${reason})`];
	});
}
