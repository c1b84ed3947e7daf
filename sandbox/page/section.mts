import { html } from './html.mts';
import type { Markup } from './html.mts';

/** How many entries of each kind the page shows at first; the control interface returns all. */
const SHOWN = 10;

/** How many entries "Show all" shows at most, because a browser is slow with many thousands. */
const SHOWN_AT_MOST = 500;

/** What the user chose to see, from the address of the page. */
export interface View {
	/** The IDs of the sections that show all entries. */
	all: ReadonlySet<string>;
	/** The element IDs of opened entries, which stay on the page while newer ones arrive. */
	keep: ReadonlySet<string>;
}

/** The view in the query of an address. */
export function viewIn(query: string): View {
	const parameters = new URLSearchParams(query);
	return { all: new Set(parameters.getAll('all')), keep: new Set(parameters.getAll('keep')) };
}

/** The newest entries, newest first. */
export function newest<Entry>(entries: Iterable<Entry>, limit = SHOWN): Entry[] {
	return [...entries].slice(-limit).reverse();
}

interface SectionOptions {
	/** The number of entries, behind the title; the browser announces its changes. */
	count?: number;
	/** Whether the section is folded until the user opens it. */
	isFolded?: boolean;
}

/** A part of the page that can be folded. */
export function section(
	id: string,
	title: string,
	body: Markup,
	{ count, isFolded = false }: SectionOptions = {},
): Markup {
	const content = html`<summary>
			<h2 id="${id}-title">${title}</h2>
			${count === undefined ? null : html`<span class="count">${count}</span>`}
		</summary>
		${body}`;
	const details = isFolded
		? html`<details class="fold" id="${id}-fold">${content}</details>`
		: html`<details class="fold" id="${id}-fold" open>${content}</details>`;
	return html`<section id="${id}" aria-labelledby="${id}-title" data-count="${count ?? null}">
		${details}
	</section>`;
}

/** A list of entries. `none`: the text without entries. */
export function list(rows: readonly Markup[], none: string): Markup {
	if (rows.length === 0) return html`<p class="none">${none}</p>`;
	return html`<div class="list">${rows}</div>`;
}

/** A section with the entries of one kind. */
export interface ListSection<Entry> {
	id: string;
	title: string;
	/** Oldest first. */
	entries: Iterable<Entry>;
	/** The ID of the element of an entry. */
	idOf: (entry: Entry) => string;
	row: (entry: Entry) => Markup;
	/** The text without entries. */
	none: string;
	/** Content above the list. */
	above?: Markup;
	isFolded?: boolean;
}

/** The address of the page with all entries of a section, or with the newest ones again. */
function addressOf(id: string, all: ReadonlySet<string>): string {
	const chosen = new Set(all);
	if (!chosen.delete(id)) chosen.add(id);
	const query = new URLSearchParams([...chosen].map((name) => ['all', name])).toString();
	return `/${query === '' ? '' : `?${query}`}#${id}`;
}

function extent(id: string, count: number, all: ReadonlySet<string>): Markup | null {
	if (count <= SHOWN) return null;
	const isAll = all.has(id);
	const shown = isAll ? SHOWN_AT_MOST : SHOWN;
	const most = Math.min(count, SHOWN_AT_MOST);
	const words = isAll
		? `Show the newest ${SHOWN}`
		: `Show ${count > most ? 'the newest' : 'all'} ${most}`;
	return html`<p class="muted">
		${count > shown ? `The newest ${shown} of ${count}.` : `All ${count}.`}
		<a id="${id}-extent" data-view href="${addressOf(id, all)}">${words}</a>
	</p>`;
}

/** A section with the newest entries, newest first, and a link that shows all. */
export function listSection<Entry>(
	{ id, title, entries, idOf, row, none, above, isFolded = false }: ListSection<Entry>,
	{ all, keep }: View,
): Markup {
	const everything = [...entries];
	const limit = all.has(id) ? SHOWN_AT_MOST : SHOWN;
	const firstShown = everything.length - limit;
	const shown = everything.filter((entry, index) => index >= firstShown || keep.has(idOf(entry)));
	const body = html`${above ?? null} ${list(shown.reverse().map(row), none)}
	${extent(id, everything.length, all)}`;
	return section(id, title, body, { count: everything.length, isFolded });
}

const TONES: Readonly<Record<string, string>> = {
	COMPLETED: 'good',
	delivered: 'good',
	FAILED: 'bad',
	CANCELLED: 'bad',
	EXPIRED: 'bad',
	failed: 'bad',
	AWAITING: 'waiting',
	pending: 'waiting',
	RUNNING: 'busy',
};

/** A status, with its color. */
export function badge(status: string, tone = TONES[status] ?? 'plain'): Markup {
	return html`<span class="badge ${tone}">${status}</span>`;
}
