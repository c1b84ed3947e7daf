import { html } from './html.mts';
import type { Markup } from './html.mts';

/** How many entries of each kind the page shows; the control interface returns all. */
const SHOWN = 20;

/** The newest entries, newest first. */
export function newest<Entry>(entries: Iterable<Entry>): Entry[] {
	return [...entries].slice(-SHOWN).reverse();
}

/** A part of the page with a heading. `count`: of its entries; the browser announces changes. */
export function section(id: string, title: string, count: number | null, body: Markup): Markup {
	const shown =
		count !== null && count > SHOWN
			? html`<p class="muted">The newest ${SHOWN} of ${count}.</p>`
			: null;
	return html`<section id="${id}" aria-labelledby="${id}-title" data-count="${count}">
		<h2 id="${id}-title" tabindex="-1">
			${title} ${count === null ? null : html`<span class="count">${count}</span>`}
		</h2>
		${body} ${shown}
	</section>`;
}

/** A list of entries. `none`: the text without entries. */
export function list(rows: readonly Markup[], none: string): Markup {
	if (rows.length === 0) return html`<p class="none">${none}</p>`;
	return html`<div class="list">${rows}</div>`;
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
