import type { Kind } from './panel-texts.mts';
import { capitalFirst, noStop, type Rule, stopsAsInPanels, withoutQuotes } from './wording.mts';

const SMALL_WORDS = new Set(
	'a an and as at but by for from in into of on or per than the to via with'.split(' '),
);

/** n8n's Title Case: every word has a capital but the small ones, which have one at either end only. */
export const titleCase: Rule = (text) => {
	const words = text.split(/[^\p{L}\p{N}:-]+/u).filter(Boolean);
	const wrong = words.find((word, index) => {
		const isEnd =
			index === 0 || index === words.length - 1 || words[index - 1]?.endsWith(':') === true;
		const isSmall = SMALL_WORDS.has(word.toLowerCase()) && !isEnd;
		return isSmall ? word !== word.toLowerCase() : !/^[\p{Lu}\p{N}]/u.test(word);
	});
	return wrong === undefined ? undefined : `"${wrong}": Title Case`;
};

/** Names that have their capitals in the middle of a sentence, beside the labels of the panels. */
const NAMES = [
	'TransactionLink Trigger',
	'TransactionLink',
	'Webhook URLs',
	'Production URL',
	'Execute Sub-workflow',
	'Data Table',
	'Remove Duplicates',
	'Retry On Fail',
	'On Error',
	'AI Agent',
	'Binary',
	'Max',
	'Bearer',
];

/**
 * Sentence case: a capital at the beginning of a sentence and in names, and nowhere else.
 *
 * @param labels of the panels; one of several words, or one that is all an option is called, is a name
 */
export function sentenceCase(labels: string[]): Rule {
	const names = [
		...NAMES,
		...labels.filter((label) => label.includes(' ') || label === 'String'),
	].sort((one, other) => other.length - one.length);
	return (text) => {
		if (capitalFirst(text) !== undefined) return 'a capital at the beginning';
		let rest = withoutQuotes(text).replace(
			/\b[A-Z]\w+( [A-Z]\w+)* → [A-Z]\w+(( for)? [A-Z]\w+)*/g,
			'X',
		);
		for (const name of names) rest = rest.split(name).join('X');
		const [small] = /(?<!e\.g)[.?] +(?!n8n\b)[a-z]\w*/.exec(rest) ?? [];
		if (small !== undefined) return `"${small}": sentence case`;
		const [, found] = /[^.?:\s]["')]? ([A-Z][a-z]\w*)/.exec(rest) ?? [];
		return found === undefined ? undefined : `"${found}": sentence case`;
	};
}

/** Which operation a text names, such as "Workflow → Run". */
export function operationsNamed(text: string): string[] {
	const resources =
		'(?:Case|Parameter Set|Workflow|Link|Widget Token|File|Record|Attachment|[A-Z]\\w+)';
	const pattern = new RegExp(`${resources} → [A-Z]\\w+(?:(?: for)? [A-Z]\\w+)*`, 'g');
	return text.match(pattern) ?? [];
}

/**
 * Says whether each operation that a text names is there.
 *
 * @param operations as "Workflow → Run"
 */
export function namesRealOperations(operations: string[]): Rule {
	return (text) => {
		const unknown = operationsNamed(text).find((named) => !operations.includes(named));
		return unknown === undefined ? undefined : `there is no operation ${unknown}`;
	};
}

const atMost =
	(characters: number): Rule =>
	(text) =>
		text.length > characters ? `${text.length} characters, and ${characters} are shown` : undefined;

const example: Rule = (text) =>
	/^e\.g\. \S/.test(text) || text === 'name@email.com'
		? undefined
		: 'an example begins with "e.g. "; an e-mail field shows name@email.com';

/** What else holds for a text, by what it is in the panel. */
export function rulesFor(labels: string[]): Record<Kind, Record<string, Rule>> {
	return {
		label: { 'Title Case': titleCase, 'short enough to be read': atMost(35), 'no stop': noStop },
		// The dialog of a credential is wider than the panel of a node.
		wideLabel: {
			'Title Case': titleCase,
			'short enough to be read': atMost(55),
			'no stop': noStop,
		},
		button: {
			'Title Case': titleCase,
			'says what it adds': (text) => (text.startsWith('Add ') ? undefined : 'begins with "Add "'),
		},
		placeholder: { 'is an example': example, 'short enough to be read': atMost(45) },
		sentence: {
			'sentence case': sentenceCase(labels),
			'full stops': stopsAsInPanels,
			'short enough to be read': atMost(260),
		},
		// Two lines are shown in the list of choices, and the rest is cut off.
		choice: {
			'sentence case': sentenceCase(labels),
			'full stops': stopsAsInPanels,
			'short enough to be shown': atMost(110),
		},
		action: {
			'sentence case': sentenceCase(labels),
			'no stop': noStop,
			'short enough to be read': atMost(40),
			'no articles': (text) =>
				/\b(a|an|the)\b/i.test(text) ? 'n8n leaves articles out of actions' : undefined,
		},
	};
}
