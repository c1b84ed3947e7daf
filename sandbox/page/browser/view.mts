// What the user opened and folded, so that updates and reloads keep it.

/** The most opened entries that the server is asked to keep, so that the address stays short. */
const KEPT_AT_MOST = 100;

const FOLDS = 'folds';

/** Entries that are wanted and not on the page yet. */
const wanted = new Set<string>();

/** The address that returns the page with all entries that the user has chosen or opened. */
export function addressOfContent(): string {
	const query = new URLSearchParams(location.search);
	query.delete('keep');
	const opened = document.querySelectorAll('.list > details[open]');
	const kept = [...wanted, ...[...opened].map(({ id }) => id)];
	for (const id of kept.slice(0, KEPT_AT_MOST)) query.append('keep', id);
	return `/?${query.toString()}`;
}

/**
 * Opens the section or entry of a link, and the sections around it.
 *
 * `refresh` loads an entry that is older than those of the list.
 */
export async function openTarget(hash: string, refresh: () => Promise<void>): Promise<void> {
	const id = decodeURIComponent(hash.slice(1));
	if (/^(case|run|delivery|request)-/.test(id) && document.getElementById(id) === null) {
		wanted.add(id);
		await refresh();
	}
	const target = document.getElementById(id);
	if (target === null) return;
	const fold = target.querySelector<HTMLDetailsElement>(':scope > details.fold');
	let place = fold ?? target.closest('details');
	for (; place !== null; place = place.parentElement?.closest('details') ?? null) place.open = true;
	wanted.delete(id);
	target.scrollIntoView({ block: 'start' });
	target.querySelector('summary')?.focus({ preventScroll: true });
}

function storedFolds(): Map<string, boolean> {
	try {
		const stored: unknown = JSON.parse(sessionStorage.getItem(FOLDS) ?? '[]');
		const entries = Array.isArray(stored) ? stored : [];
		return new Map(entries.map(([id, isOpen]) => [String(id), isOpen === true]));
	} catch {
		return new Map();
	}
}

/** Folds the sections as the user left them, and remembers what the user folds from now on. */
export function rememberFolds(): void {
	const folds = storedFolds();
	for (const fold of document.querySelectorAll<HTMLDetailsElement>('details.fold'))
		fold.open = folds.get(fold.id) ?? fold.open;
	const remember = ({ target }: Event) => {
		if (!(target instanceof HTMLDetailsElement) || !target.matches('.fold')) return;
		folds.set(target.id, target.open);
		sessionStorage.setItem(FOLDS, JSON.stringify([...folds]));
	};
	// The event does not bubble.
	document.addEventListener('toggle', remember, { capture: true });
}
