import { isObject } from '../../../shared/json';

/** More pages than these are not meant: a wrong number of pages would never end. */
const MOST_PAGES = 1_000;

/** One page of a list, as `GET /organizations/users` returns it (`Page` of the contract). */
export interface Page {
	content: unknown[];
	totalPages: number;
	/** From 0. */
	number: number;
}

/** The page in a response; nothing where it is something else. */
export function pageIn(body: unknown): Page | undefined {
	const { content, totalPages, number } = isObject(body) ? body : {};
	return Array.isArray(content) && typeof totalPages === 'number' && typeof number === 'number'
		? { content, totalPages, number }
		: undefined;
}

/**
 * Reads a list page after page, until it ends or there is enough of it.
 *
 * @param most how many entries are wanted
 * @param read reads the page with this number
 * @returns the entries; nothing where it does not end, or another page came: a part is not passed on as the whole
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
