import { namesRealOperations, rulesFor } from './panel-rules.mts';
import { misspelled } from './spelling.mts';
import { forAll, type Rule, withStop } from './wording.mts';

const panel = rulesFor(['Run For', 'Base URL', 'String']);

/** A rule, texts that break it, and texts that look as if they did. */
const CASES: [rule: string, Record<string, Rule>, broken: string[], kept: string[]][] = [
	[
		'no word that is kept out',
		forAll,
		[
			'Please enter an ID',
			'Simply run it',
			'An error came back',
			'Invalid e-mail address',
			'The endpoint of the API',
			'May be null',
			'Sent over HTTP',
			'Run this step again',
			'What it shall do',
		],
		[
			'The field "error" in the output',
			'Use the HTTP Request node',
			'Choose an Error Workflow',
			'The steps of the end user',
			'Use String for it',
			'Only http://127.0.0.1:4010 is let through',
		],
	],
	[
		'no blank at either end, and no two in a row',
		forAll,
		[' Case', 'Case ', 'A  case'],
		['A case'],
	],
	[
		'ID, URL, JSON, API, CSV and PDF in capitals',
		forAll,
		['Case Id', 'The ids of cases', 'Base Url', 'As json'],
		['The field "id"', 'passport.pdf', 'Case IDs', 'https://example.com/api/json'],
	],
	[
		'"e.g." with both stops',
		forAll,
		['eg Nordlys', 'e.g Nordlys', 'i.e. a company'],
		['e.g. Nordlys'],
	],
	[
		'e-mail, TransactionLink and n8n as they are written',
		forAll,
		['An email address', 'In Transactionlink', 'Restart N8N'],
		['An e-mail address', 'In TransactionLink', 'Restart n8n'],
	],
	[
		'straight quotes, and no & or !',
		forAll,
		['Case & record', 'Done!', 'The “case”', 'Loading…'],
		['Case and record', 'The "case"', 'https://example.com/?a=1&b=2'],
	],
	[
		'a before a consonant, an before a vowel',
		forAll,
		['A ID', 'An case', 'An URL', 'a address', 'an user', 'A API key'],
		[
			'An ID',
			'A URL',
			'An address',
			'A user',
			'An API key',
			'an HTML page',
			'a one-time link',
			'an n8n Data Table',
		],
	],
	['no word twice in a row', forAll, ['The the case'], ['The case that the run is for']],
	[
		'Title Case',
		panel.label,
		['Case iD', 'Wait For Completion', 'Company name', 'the Case'],
		['Wait for Completion', 'Run For', 'Max Wait (Minutes)', 'Expires in Hours', 'Note: The Case'],
	],
	['no stop', panel.label, ['Case ID:', 'Case.'], ['Case ID']],
	[
		'short enough to be read',
		panel.label,
		['A Label That Goes on and on for a Long While'],
		['Workflow Definition ID'],
	],
	['says what it adds', panel.button, ['Document'], ['Add Document']],
	[
		'is an example',
		panel.placeholder,
		['Nordlys AB', 'eg. Nordlys AB', 'E.g. Nordlys'],
		['e.g. Nordlys AB', 'name@email.com'],
	],
	[
		'sentence case',
		panel.sentence,
		['the case', 'Get the Case', 'Get it. then go on'],
		[
			'Set Run For, then go on',
			'The output of Workflow → Run',
			'Get a result of TransactionLink',
			'Such as RUNNING',
			'Get it. Then go on.',
		],
	],
	[
		'full stops',
		panel.sentence,
		['Get the case.', 'Get it. Then go on'],
		['Get the case', 'Get it. Then go on.', 'Such as e.g. Nordlys', 'From 0.5 to 12.5'],
	],
	[
		'short enough to be shown',
		panel.choice,
		[
			'Start a workflow definition together with its parameters, in a workspace that has ' +
				'tables and records, with a link',
		],
		['For workspaces with tables and records'],
	],
	['no articles', panel.action, ['Get a case', 'Run the workflow'], ['Get case']],
	[
		'real operations',
		{ 'real operations': namesRealOperations(['Workflow → Run']) },
		['The output of Case → Archive', 'Workflow → Stop'],
		['The output of Workflow → Run, or another one'],
	],
	[
		'a stop at the end',
		{ 'a stop at the end': withStop },
		['Check the address'],
		['Check the address.', 'Check the address. {}'],
	],
];

describe('a rule for words', () => {
	const all = CASES.flatMap(([rule, rules, broken, kept]) => [
		...broken.map((text) => ({ rule, rules, text, isBroken: true })),
		...kept.map((text) => ({ rule, rules, text, isBroken: false })),
	]);

	it.each(all.filter(({ isBroken }) => isBroken))(
		'$rule: finds fault with "$text"',
		({ rule, rules, text }) => {
			expect(rules[rule]?.(text)).toEqual(expect.any(String));
		},
	);

	it.each(all.filter(({ isBroken }) => !isBroken))(
		'$rule: leaves "$text"',
		({ rule, rules, text }) => {
			expect(rules).toHaveProperty([rule]);
			expect(rules[rule]?.(text)).toBeUndefined();
		},
	);

	it('is there with an example for each', () => {
		const tried = new Set(CASES.map(([rule]) => rule));
		const there = [forAll, ...Object.values(panel)].flatMap((rules) => Object.keys(rules));
		expect(there.filter((rule) => !tried.has(rule))).toEqual([]);
	});

	it('knows words that are spelled wrong, and where they stand', () => {
		const texts = [
			{ where: 'one', text: 'The company' },
			{ where: 'another', text: 'The\ncompnay' },
			{ where: 'a third', text: 'Recieved' },
		];
		expect(misspelled(texts)).toEqual(['compnay in another', 'Recieved in a third']);
	});
});
