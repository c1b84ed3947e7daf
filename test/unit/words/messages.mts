import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

/**
 * What a text is in a message: the heading; the advice below it, which other sentences follow; for `refusal`, what
 * follows the name of a field, and what to enter instead; a line for n8n's log; and any other words that are put
 * together to one of these.
 */
export type Role = 'heading' | 'advice' | 'finding' | 'expected' | 'log' | 'words';

/** One text of the sources; "{}" stands for what is filled in. */
export interface Message {
	where: string;
	role: Role;
	text: string;
}

/** The functions and classes that make messages, by what stands at which place among their arguments. */
const MAKERS: Record<string, (Role | undefined)[]> = {
	validationError: [undefined, undefined, 'finding', 'expected'],
	ending: [undefined, 'heading', 'advice'],
	failure: [undefined, 'heading', 'advice'],
	SignInError: ['heading', 'advice'],
	UserError: ['heading'],
	NodeOperationError: [undefined, 'heading'],
};

/** Fields of an object that holds a message. */
const PARTS: Record<string, Role> = {
	message: 'heading',
	resultError: 'heading',
	description: 'advice',
	advice: 'advice',
	whereToFind: 'advice',
	reason: 'log',
	refusal: 'log',
};

/** A `description` can be one of the panel, and `whereToFind` one of a field: what stands beside it tells. */
const isPartOfMessage = (name: string, siblings: string[]): boolean =>
	['message', 'resultError', 'reason', 'refusal'].includes(name) ||
	['message', 'action', 'subject'].some((sibling) => siblings.includes(sibling));

function sources(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
		.map((name) => join(folder, name));
}

function templateText({ head, templateSpans }: ts.TemplateExpression): string {
	return head.text + templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** A long text is written in pieces. */
const isSum = (node: ts.Node): node is ts.BinaryExpression =>
	ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;

function sumText(node: ts.Expression): string {
	if (isSum(node)) return sumText(node.left) + sumText(node.right);
	if (ts.isStringLiteralLike(node)) return node.text;
	return ts.isTemplateExpression(node) ? templateText(node) : '{}';
}

/** The texts that an expression can be, and the names of constants that it can stand for. */
function possible(node: ts.Expression): { texts: [ts.Node, string][]; names: string[] } {
	const both = (...parts: ts.Expression[]): ReturnType<typeof possible> => {
		const found = parts.map(possible);
		return {
			texts: found.flatMap(({ texts }) => texts),
			names: found.flatMap(({ names }) => names),
		};
	};
	if (ts.isStringLiteralLike(node)) return { texts: [[node, node.text]], names: [] };
	if (ts.isTemplateExpression(node)) return { texts: [[node, templateText(node)]], names: [] };
	if (ts.isParenthesizedExpression(node)) return possible(node.expression);
	if (ts.isConditionalExpression(node)) return both(node.whenTrue, node.whenFalse);
	if (isSum(node)) return { texts: [[node, sumText(node)]], names: [] };
	if (ts.isBinaryExpression(node)) return both(node.left, node.right);
	if (ts.isIdentifier(node)) return { texts: [], names: [node.text] };
	if (ts.isElementAccessExpression(node)) return possible(node.expression);
	// `.trim()` of a template.
	if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
		return possible(node.expression.expression);
	if (ts.isObjectLiteralExpression(node))
		return both(
			...node.properties.filter(ts.isPropertyAssignment).map(({ initializer }) => initializer),
		);
	return { texts: [], names: [] };
}

const nameOf = (node: ts.Node | undefined): string =>
	node !== undefined && (ts.isIdentifier(node) || ts.isStringLiteral(node)) ? node.text : '';

function everyNode(node: ts.Node, visit: (node: ts.Node) => void): void {
	visit(node);
	node.forEachChild((child) => {
		everyNode(child, visit);
	});
}

/** The expressions of one node of the syntax tree that are part of a message. */
function partsOfMessage(node: ts.Node): [Role, ts.Expression][] {
	if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
		const places = MAKERS[nameOf(node.expression)] ?? [];
		const options = [...(node.arguments ?? [])]
			.filter(ts.isObjectLiteralExpression)
			.flatMap(({ properties }) => properties.filter(ts.isPropertyAssignment));
		const inOptions = options.flatMap(({ name, initializer }): [Role, ts.Expression][] =>
			ts.isNewExpression(node) && nameOf(name) === 'description' ? [['advice', initializer]] : [],
		);
		return [
			...[...(node.arguments ?? [])].flatMap((argument, place): [Role, ts.Expression][] =>
				places[place] === undefined ? [] : [[places[place], argument]],
			),
			...inOptions,
		];
	}
	if (!ts.isObjectLiteralExpression(node)) return [];
	const fields = node.properties.filter(ts.isPropertyAssignment);
	const names = node.properties.map(({ name }) => nameOf(name));
	// An operation has an `action` and a `description` for the panel.
	if (names.includes('value')) return [];
	return fields.flatMap(({ name, initializer }): [Role, ts.Expression][] => {
		const role = PARTS[nameOf(name)];
		return role !== undefined && isPartOfMessage(nameOf(name), names) ? [[role, initializer]] : [];
	});
}

/** Whether a person could read it: words with a blank between them, and neither an expression of n8n nor a header. */
const isProse = (text: string): boolean =>
	/[A-Za-z]{2,}\S* +\S*[A-Za-z]{2,}/.test(text) && !/^=|;q=|\]/.test(text);

/** The constants of all files. One in capitals is known by its name alone, any other one in its own file. */
class Constants {
	private readonly values = new Map<string, ts.Expression>();

	private key(name: string, { fileName }: ts.SourceFile): string {
		return /^[A-Z_]+$/.test(name) ? name : `${fileName} ${name}`;
	}

	constructor(files: ts.SourceFile[]) {
		for (const file of files) {
			everyNode(file, (node) => {
				if (ts.isVariableDeclaration(node) && node.initializer !== undefined)
					this.values.set(this.key(nameOf(node.name), file), node.initializer);
			});
		}
	}

	/** All texts that an expression can be, those of the constants in it too. */
	textsOf(expression: ts.Expression, seen: ts.Expression[] = []): [ts.Node, string][] {
		if (seen.includes(expression)) return [];
		const { texts, names } = possible(expression);
		const values = names
			.map((name) => this.values.get(this.key(name, expression.getSourceFile())))
			.filter((value) => value !== undefined);
		return [...texts, ...values.flatMap((value) => this.textsOf(value, [...seen, expression]))];
	}
}

const placeOf = (node: ts.Node): string => {
	const file = node.getSourceFile();
	return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
};

/**
 * Reads the texts of messages out of the sources of the nodes and the credential, with the compiler's own parser.
 * Messages are put together while a node runs, so that they stand in no description.
 */
export function messages(): Message[] {
	const files = ['nodes', 'credentials']
		.flatMap(sources)
		.map((path) =>
			ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true),
		);
	const constants = new Constants(files);
	const found = new Map<string, Message>();
	const add = (role: Role, node: ts.Node, text: string): void => {
		const key = `${placeOf(node)} ${text}`;
		if (role !== 'words' || !found.has(key)) found.set(key, { where: placeOf(node), role, text });
	};
	for (const file of files) {
		everyNode(file, (node) => {
			for (const [role, expression] of partsOfMessage(node)) {
				for (const [place, text] of constants.textsOf(expression))
					if (/[a-z]/i.test(text)) add(role, place, text);
			}
			const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || isSum(node);
			if (!isText || isSum(node.parent)) return;
			const text = sumText(node);
			if (isProse(text)) add('words', node, text.trim());
		});
	}
	return [...found.values()];
}
