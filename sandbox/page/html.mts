const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** HTML text. Only `html` creates it, so that no text reaches a page without being escaped. */
export class Markup {
	readonly source: string;

	constructor(source: string) {
		this.source = source;
	}
}

/** A value in a template: markup stays unchanged, other values become text, null is left out. */
export type Content = Markup | string | number | null | readonly Markup[];

function render(content: Content): string {
	if (content === null) return '';
	if (content instanceof Markup) return content.source;
	if (typeof content === 'object') return content.map(({ source }) => source).join('');
	return String(content).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** A template of HTML whose parts are escaped unless they are markup themselves. */
export function html(texts: TemplateStringsArray, ...contents: Content[]): Markup {
	let source = texts[0] ?? '';
	contents.forEach((content, index) => {
		source += render(content) + (texts[index + 1] ?? '');
	});
	return new Markup(source);
}

/** A value of a list, and its label. */
export type Choice = readonly [value: string, words: string];

/** The options of a list, with one of them selected. */
export function options(choices: readonly Choice[], chosen = ''): Markup[] {
	return choices.map(([value, words]) =>
		value === chosen
			? html`<option value="${value}" selected>${words}</option>`
			: html`<option value="${value}">${words}</option>`,
	);
}

/** A value as readable JSON. */
export function jsonBlock(label: string, value: unknown): Markup {
	return textBlock(label, JSON.stringify(value, null, 2));
}

/** A longer text with a caption, which scrolls on its own. */
export function textBlock(label: string, text: string): Markup {
	return html`<figure>
		<figcaption>${label}</figcaption>
		<pre tabindex="0" aria-label="${label}">${text}</pre>
	</figure>`;
}

/** Names and their values, one per line. Null values are left out. */
export function facts(entries: readonly (readonly [string, Content])[]): Markup {
	const shown = entries.filter(([, value]) => value !== null);
	return html`<dl>
		${shown.map(
			([name, value]) =>
				html`<div>
					<dt>${name}</dt>
					<dd>${value}</dd>
				</div>`,
		)}
	</dl>`;
}

/** A text that a click copies. */
export function copyable(text: string, what: string): Markup {
	return html`<code>${text}</code>
		<button type="button" class="quiet scripted" data-copy="${text}" aria-label="Copy ${what}">
			Copy
		</button>`;
}

/** The beginning of an ID, which is enough to recognize it in a list. */
export function shortId(id: string): string {
	return id.slice(0, 8);
}

/** The local time of day of an ISO 8601 date. */
export function clockTime(date: string): string {
	return new Date(date).toLocaleTimeString('en-GB');
}

/** The local time of day of an ISO 8601 date, for programs too. */
export function timeOf(date: string): Markup {
	return html`<time datetime="${date}">${clockTime(date)}</time>`;
}

/** The files in styles/, in the order in which they apply. */
const STYLES = ['page', 'lists', 'forms', 'content', 'narrow'];

/** A whole page. `head`: additional content of its head. Returns HTML text. */
export function wholePage(title: string, head: Markup | null, body: Markup): string {
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>${title}</title>
				<link rel="icon" href="/_sandbox/page/icon.svg" />
				${STYLES.map(
					(name) => html`<link rel="stylesheet" href="/_sandbox/page/styles/${name}.css" />`,
				)}
				${head}
			</head>
			<body>
				${body}
			</body>
		</html> `.source;
}
