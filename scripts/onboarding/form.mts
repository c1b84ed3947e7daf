import { localHttp } from '../local-http.mts';

import { textAt } from '../json.mts';
import { TIMEOUT_MILLISECONDS } from '../waiting.mts';

const LABEL = /<label class='form-label[^']*' for='(field-\d+)'>([^<]*)<\/label>/g;

/**
 * Fills in an n8n form as a browser does: opens the page, and sends its fields.
 *
 * @param url the form's production address
 * @param answers a text or a file for each label
 * @returns the address of the next page, if the workflow shows one
 * @throws when the page cannot be opened, lacks a field, or rejects the answers
 */
export async function fillInForm(
	url: string,
	answers: Record<string, string | File>,
): Promise<string | undefined> {
	const browser = localHttp.create({ timeout: TIMEOUT_MILLISECONDS });
	const { data: page } = await browser.get<string>(url, { responseType: 'text' });
	// The page numbers its inputs. Only their labels identify them.
	const labels = [...page.matchAll(LABEL)];
	const fields = new Map(labels.map(([, field = '', label = '']) => [label.trim(), field]));
	const filledIn = new FormData();
	for (const [label, answer] of Object.entries(answers)) {
		const field = fields.get(label);
		const known = [...fields.keys()].join(', ') || 'none';
		if (field === undefined)
			throw new Error(`The form at ${url} has no field "${label}". It has: ${known}.`);
		filledIn.append(field, answer);
	}
	const { data } = await browser.post<unknown>(url, filledIn);
	return textAt(data, 'formWaitingUrl');
}
