import { readdirSync, readFileSync } from 'node:fs';

/** One text of an example workflow that a person reads. */
export interface CanvasText {
	where: string;
	kind: 'name' | 'note' | 'text';
	text: string;
}

/** An example workflow, as far as it is looked at here. */
export interface Example {
	file: string;
	name: string;
	nodes: { name: string; type: string; parameters: Record<string, unknown> }[];
}

/** The fields of n8n's nodes that hold words for people, or for a model. */
const WORDS = new Set([
	'content',
	'formTitle',
	'formDescription',
	'fieldLabel',
	'placeholder',
	'buttonLabel',
	'subject',
	'text',
	'errorMessage',
	'toolDescription',
	'systemMessage',
	'initialMessages',
	'completionTitle',
	'completionMessage',
	'responseText',
	'formSubmittedText',
]);

/** The examples that are shipped. */
export function examples(): Example[] {
	return readdirSync('workflows')
		.filter((name) => name.endsWith('.json'))
		.map(
			(name): Example => ({ ...JSON.parse(readFileSync(`workflows/${name}`, 'utf8')), file: name }),
		);
}

/** Words inside parameters, however deep; what an expression fills in is left out, and what it tells a model is not. */
function wordsIn(value: unknown, name = ''): string[] {
	if (typeof value === 'string') {
		const toldToModel = [...value.matchAll(/\$fromAI\('\w+', `([^`]*)`/g)].map(
			([, told = '']) => told,
		);
		const own = WORDS.has(name) ? [value.replace(/^=/, '').replace(/\{\{.*?\}\}/gs, '{}')] : [];
		return [...own, ...toldToModel];
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inside]) =>
		wordsIn(inside, Array.isArray(value) ? name : key),
	);
}

/** Every text of an example: its own name, those of its nodes, its notes, and what forms, e-mails and tools say. */
export function canvasTexts({ file, name, nodes }: Example): CanvasText[] {
	return [
		{ where: file, kind: 'text', text: name },
		...nodes.flatMap((node): CanvasText[] => {
			const where = `${file} > ${node.name}`;
			const isNote = node.type.endsWith('.stickyNote');
			return [
				// A tool's name is what a model calls it.
				{ where, kind: node.type.endsWith('Tool') ? 'text' : 'name', text: node.name },
				...wordsIn(node.parameters).flatMap((text) =>
					text
						.split('\n')
						.filter(Boolean)
						.map((line): CanvasText => ({ where, kind: isNote ? 'note' : 'text', text: line })),
				),
			];
		}),
	];
}
