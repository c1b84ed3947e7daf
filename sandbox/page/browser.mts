// The script of the dashboard, for the browser. The server renders the page; the script updates the open page without
// changing the user's input, open sections, and focus.

import { Idiomorph } from 'idiomorph';

import { copy, elementById, showMessage } from './browser/messages.mts';
import { post } from './browser/post.mts';
import { addressOfContent, openTarget, rememberFolds } from './browser/view.mts';

/** Forms with unsent changes. */
const edited = new Set<Element>();

const state = {
	isPaused: sessionStorage.getItem('paused') === 'yes',
	/** Whether the sandbox has changed since the current page was rendered. */
	isStale: false,
	/** Whether the last refresh skipped a form that was in use. */
	hasSkipped: false,
};

/** Whether an element must stay unchanged: it contains typed text or the focus. */
function isInUse(element: Element): boolean {
	const focused = document.activeElement;
	if (focused !== null && focused.matches('input, select, textarea') && element.contains(focused))
		return true;
	return [...edited].some((form) => element.contains(form));
}

function counts(): Map<string, string> {
	const sections = document.querySelectorAll<HTMLElement>('section[data-count]');
	return new Map([...sections].map(({ id, dataset }) => [id, dataset['count'] ?? '']));
}

/** Announces changed lists to screen readers. */
function announceNews(before: Map<string, string>): void {
	const news = [...counts()].filter(([id, count]) => count !== '' && before.get(id) !== count);
	if (news.length > 0)
		elementById('news').textContent = news.map(([id, count]) => `${count} ${id}`).join(', ');
}

function morph(text: string): void {
	const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('page');
	if (fresh === null) return;
	const focused = document.activeElement;
	const place = focused?.closest('section');
	const before = counts();
	state.hasSkipped = false;
	elementById('page').dataset['version'] = fresh.dataset['version'] ?? '';
	Idiomorph.morph(elementById('page'), fresh.innerHTML, {
		morphStyle: 'innerHTML',
		callbacks: {
			beforeNodeMorphed: (old) => {
				const isSkipped = old instanceof HTMLFormElement && isInUse(old);
				state.hasSkipped ||= isSkipped;
				return !isSkipped;
			},
			beforeNodeRemoved: (old) => !(old instanceof Element && isInUse(old)),
			// Only the user opens and closes sections.
			beforeAttributeUpdated: (name) => name !== 'open',
		},
	});
	if (focused !== null && !focused.isConnected) place?.querySelector('summary')?.focus();
	announceNews(before);
}

async function update(isWanted: boolean): Promise<void> {
	if (!state.isStale || (state.isPaused && !isWanted)) return;
	state.isStale = false;
	try {
		const response = await fetch(addressOfContent());
		const text = await response.text();
		// The user may have paused updates while the page was loading.
		if (state.isPaused && !isWanted) state.isStale = true;
		else morph(text);
	} catch {
		// The sandbox has stopped; when it is back, the connection for changes triggers a refresh.
	} finally {
		showConnection();
	}
}

let lastUpdate = Promise.resolve();

/** Updates the page. `isWanted`: also while updates are paused, because the user asks for more entries. */
async function refresh(isWanted = false): Promise<void> {
	state.isStale = true;
	showConnection();
	lastUpdate = lastUpdate.then(async () => await update(isWanted));
	await lastUpdate;
}

const refreshNow = async () => await refresh(true);

let isConnected = false;

function showConnection(): void {
	const news = state.isStale ? ', something has changed' : '';
	const words = state.isPaused
		? `Paused${news}`
		: isConnected
			? 'Live'
			: 'Not connected, trying again';
	const connection = elementById('connection');
	if (connection.textContent !== words) connection.textContent = words;
	connection.dataset['state'] = state.isPaused ? 'paused' : isConnected ? 'live' : 'lost';
	const pause = elementById('pause');
	pause.setAttribute('aria-pressed', String(state.isPaused));
	pause.textContent = state.isPaused ? 'Resume updates' : 'Pause updates';
}

async function send(form: HTMLFormElement): Promise<void> {
	try {
		const { message, error } = await post(form.action, form);
		showMessage(message, error);
		if (error !== '') return;
		edited.delete(form);
		if (form.dataset['then'] === 'clear') form.reset();
		await preview(form);
		await refresh();
	} catch {
		showMessage('', 'The sandbox does not respond. Is it still running?');
	}
}

/** Shows the effect that a form would have if it were sent now. */
async function preview(form: HTMLFormElement): Promise<void> {
	const output = form.querySelector('output');
	if (output === null || form.dataset['preview'] === undefined) return;
	const { message, error } = await post(form.dataset['preview'], form);
	output.textContent = message === '' ? error : message;
}

document.addEventListener('input', ({ target }) => {
	const form = target instanceof Element ? target.closest('form') : null;
	if (form === null) return;
	edited.add(form);
	// Without a connection there is no preview; the header already reports that.
	preview(form).catch(() => undefined);
});
document.addEventListener('submit', (event) => {
	if (!(event.target instanceof HTMLFormElement)) return;
	event.preventDefault();
	void send(event.target);
});
document.addEventListener('focusout', ({ target }) => {
	const isField = target instanceof Element && target.matches('input, select, textarea');
	if (isField && state.hasSkipped && !state.isPaused) setTimeout(() => void refresh());
});
document.addEventListener('click', (event) => {
	if (!(event.target instanceof Element)) return;
	const pressed = event.target.closest<HTMLElement>('button, a, summary');
	if (pressed === null) return;
	showMessage('');
	const { copy: text, view } = pressed.dataset;
	if (text !== undefined) copy(text);
	if (!(pressed instanceof HTMLAnchorElement)) return;
	if (view !== undefined) {
		event.preventDefault();
		history.replaceState(null, '', pressed.href);
		void refreshNow();
	} else if (pressed.matches('[href^="#"]')) void openTarget(pressed.hash, refreshNow);
});
elementById('pause').addEventListener('click', () => {
	state.isPaused = !state.isPaused;
	sessionStorage.setItem('paused', state.isPaused ? 'yes' : 'no');
	showConnection();
	if (state.isStale) void refresh();
});

document.documentElement.classList.add('with-script');
const changes = new EventSource('/_sandbox/events');
changes.addEventListener('open', () => {
	isConnected = true;
	showConnection();
});
changes.addEventListener('error', () => {
	isConnected = false;
	showConnection();
});
changes.addEventListener('change', ({ data }) => {
	if (data !== elementById('page').dataset['version']) void refresh();
});
rememberFolds();
void openTarget(location.hash, refreshNow);
showConnection();
