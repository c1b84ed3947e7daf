import { isObject } from '../../../shared/json';

/** A limit, because a wrong page count might never end. */
const MOST_PAGES = 1_000;

/** One page of a list, as `GET /organizations/users` returns it (`Page` of the contract). */
export interface Page {
	content: unknown[];
	totalPages: number;
	/** From 0. */
	number: number;
}

/** The page in a response; undefined if the response is not a page. */
export function pageIn(body: unknown): Page | undefined {
	const { content, totalPages, number } = isObject(body) ? body : {};
	return Array.isArray(content) && typeof totalPages === 'number' && typeof number === 'number'
		? { content, totalPages, number }
		: undefined;
}

/**
 * Reads a list page by page, until it ends or has enough entries.
 *
 * @param most the largest number of entries
 * @param read reads the page with this number
 * @returns the entries; undefined if the list does not end or another page was returned, so that a part never counts
 *   as the whole
 */
export async function readPages(
	first: Page,
	most: number,
	read: (number: number) => Promise<Page | undefined>,
): Promise<unknown[] | undefined> {
	const entries = [...first.content];
	let page = first;
	while (entries.length < most && page.content.length > 0 && page.number + 1 < page.totalPages) {
		if (page.number - first.number >= MOST_PAGES) return undefined;
		const next = await read(page.number + 1);
		if (next?.number !== page.number + 1) return undefined;
		entries.push(...next.content);
		page = next;
	}
	return entries.slice(0, most);
}
