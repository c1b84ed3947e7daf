import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { exampleNames, readExampleWorkflow } from '../../../scripts/n8n/examples.mts';

/** A text that users read. "{}" replaces each value in it. */
export interface Text {
	where: string;
	text: string;
}

/** Whether a node concatenates the parts of a long text. */
const isSum = (node: ts.Node): node is ts.BinaryExpression =>
	ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;

function textOf(node: ts.Expression): string {
	if (isSum(node)) return textOf(node.left) + textOf(node.right);
	if (ts.isStringLiteralLike(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return '{}';
	return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** Whether a text contains two words in a row, and is neither an n8n expression nor a header. */
const isProse = (text: string): boolean =>
	/[A-Za-z]{2,}\S* +\S*[A-Za-z]{2,}/.test(text) && !/^=|;q=|\]/.test(text);

function textsIn(path: string): Text[] {
	const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
	const found: Text[] = [];
	const visit = (node: ts.Node): void => {
		const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || isSum(node);
		if (isText && !isSum(node.parent)) {
			const { line } = file.getLineAndCharacterOfPosition(node.getStart());
			found.push({ where: `${path}:${line + 1}`, text: textOf(node).trim() });
		}
		node.forEachChild(visit);
	};
	visit(file);
	return found.filter(({ text }) => isProse(text));
}

/** The labels and messages in the sources of the nodes and the credential. */
export function textsInSources(): Text[] {
	return (
		['nodes', 'credentials']
			.flatMap((folder) =>
				readdirSync(folder, { recursive: true, encoding: 'utf8' })
					.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
					.map((name) => join(folder, name)),
			)
			// Its reasons for a rejection go to n8n's log, and use the terms of RFC 7515.
			.filter((path) => !path.endsWith('/signature.ts'))
			.flatMap(textsIn)
	);
}

/** The parameters of n8n's nodes that contain text for users or for a model. */
const WORDS =
	/^(content|form\w+|fieldLabel|placeholder|buttonLabel|subject|text|\w+Message|\w+Description|responseText)$/;

/** The texts at any depth of a value, with "{}" for each expression. */
function wordsIn(value: unknown, name: string): string[] {
	if (typeof value === 'string')
		return WORDS.test(name) ? [value.replace(/^=/, '').replace(/\{\{.*?\}\}/gs, '{}')] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inside]) =>
		wordsIn(inside, Array.isArray(value) ? name : key),
	);
}

/** The node names, notes, forms, e-mails and tool descriptions of the example workflows. */
export function textsInWorkflows(): Text[] {
	return exampleNames().flatMap((file) => {
		const { name, nodes } = readExampleWorkflow(file);
		const words = nodes.flatMap((node) => [node.name, ...wordsIn(node.parameters, '')]);
		return [name, ...words].flatMap((text) =>
			text
				.split('\n')
				.filter(Boolean)
				.map((line) => ({ where: `${file}: ${line.slice(0, 40)}`, text: line })),
		);
	});
}
