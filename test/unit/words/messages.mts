import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

/** One text of the sources; "{}" stands for a value that is filled in. */
export interface Message {
	where: string;
	text: string;
}

function sources(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
		.map((name) => join(folder, name));
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

/** Whether a user could read it: words with a blank between them, and neither an expression of n8n nor a header. */
const isProse = (text: string): boolean =>
	/[A-Za-z]{2,}\S* +\S*[A-Za-z]{2,}/.test(text) && !/^=|;q=|\]/.test(text);

function textsIn(path: string): Message[] {
	const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
	const found: Message[] = [];
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

/**
 * Reads the texts of messages out of the sources of the nodes and the credential, with the compiler's own parser.
 * Messages are put together while a node runs, so no description contains them.
 */
export function messages(): Message[] {
	return ['nodes', 'credentials'].flatMap(sources).flatMap(textsIn);
}
