const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text that is HTML already. Made by `html` only, so that nothing gets onto a page without being escaped. */
export class Markup {
	readonly source: string;

	constructor(source: string) {
		this.source = source;
	}
}

/** What can stand in a template: markup as it is, anything else as text; null is left out. */
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

/** A table with a line of headings. `none`: what stands there when it has no rows. */
export function table(
	headings: readonly string[],
	rows: readonly (readonly Content[])[],
	none: string,
): Markup {
	if (rows.length === 0) return html`<p class="none">${none}</p>`;
	const head = headings.map((heading) => html`<th>${heading}</th>`);
	const body = rows.map(
		(cells) =>
			html`<tr>
				${cells.map((cell) => html`<td>${cell}</td>`)}
			</tr>`,
	);
	return html`<table>
		<thead>
			<tr>
				${head}
			</tr>
		</thead>
		<tbody>
			${body}
		</tbody>
	</table>`;
}

/** A list to choose one of. */
export function choice(name: string, options: readonly string[]): Markup {
	return html`<select name="${name}" aria-label="${name}">
		${options.map((option) => html`<option>${option}</option>`)}
	</select>`;
}

const STYLE = new Markup(`
	body { font: 15px/1.45 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; }
	h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid #d5dbe1 }
	table { border-collapse: collapse; width: 100% }
	td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top }
	code { background: #f0f3f6; padding: 0 .25rem; overflow-wrap: anywhere }
	.none { color: #667 } form { display: inline }
	input, select, button { font: inherit }
`);

/** A whole page. `head`: what else goes into its head. Out: HTML text. */
export function wholePage(title: string, head: Markup | null, body: Markup): string {
	const page = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<title>${title}</title>
				${head}
				<style>
					${STYLE}
				</style>
			</head>
			<body>
				${body}
			</body>
		</html> `;
	return page.source;
}
