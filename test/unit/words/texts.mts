import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { exampleNames, readExampleWorkflow } from '../../../scripts/n8n/examples.mts';

/** One text that users read; "{}" stands for a value that is filled in. */
export interface Text {
	where: string;
	text: string;
}

/** A long text is written in pieces. */
const isSum = (node: ts.Node): node is ts.BinaryExpression =>
	ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;

function textOf(node: ts.Expression): string {
	if (isSum(node)) return textOf(node.left) + textOf(node.right);
	if (ts.isStringLiteralLike(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return '{}';
	return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

/** Words with a blank between them, and neither an expression of n8n nor a header. */
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

/** The labels and messages in the sources of the nodes and the credential, read by the compiler's own parser. */
export function textsInSources(): Text[] {
	return (
		['nodes', 'credentials']
			.flatMap((folder) =>
				readdirSync(folder, { recursive: true, encoding: 'utf8' })
					.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
					.map((name) => join(folder, name)),
			)
			// The reasons why a signature is rejected stand in n8n's log, in the words of RFC 7515.
			.filter((path) => !path.endsWith('/signature.ts'))
			.flatMap(textsIn)
	);
}

/** The parameters of n8n's nodes that contain words for people, or for a model. */
const WORDS =
	/^(content|form\w+|fieldLabel|placeholder|buttonLabel|subject|text|\w+Message|\w+Description|responseText)$/;

/** The words inside a value, however deep, without the expressions in them. */
function wordsIn(value: unknown, name: string): string[] {
	if (typeof value === 'string')
		return WORDS.test(name) ? [value.replace(/^=/, '').replace(/\{\{.*?\}\}/gs, '{}')] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inside]) =>
		wordsIn(inside, Array.isArray(value) ? name : key),
	);
}

/** The names of the nodes in the example workflows, their notes, and what their forms, e-mails and tools contain. */
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
