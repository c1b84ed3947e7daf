import axios from 'axios';

const LABEL = /<label class='form-label[^']*' for='(field-\d+)'>([^<]*)<\/label>/g;

/** What a customer answers: the labels of the form's fields, and what goes into each, a text or a file. */
export type Answers = Record<string, string | File>;

// The page names its inputs by number; which is which, only the labels tell.
function fieldsByLabel(page: string): Map<string, string> {
	return new Map(
		[...page.matchAll(LABEL)].map(([, field = '', label = '']) => [label.trim(), field]),
	);
}

/**
 * Fills in an n8n form the way a browser does: opens the page, and sends what it asks for.
 *
 * @param url the form's production address
 * @param answers one for each label
 * @throws when the page cannot be opened, has no such field, or does not take the answers
 */
export async function fillInForm(url: string, answers: Answers): Promise<void> {
	const browser = axios.create({ timeout: 30_000, proxy: false });
	const page = await browser.get<string>(url, { responseType: 'text' });
	const fields = fieldsByLabel(page.data);
	const filledIn = new FormData();
	for (const [label, answer] of Object.entries(answers)) {
		const field = fields.get(label);
		if (field === undefined) {
			const known = [...fields.keys()].join(', ') || 'none';
			throw new Error(`The form at ${url} has no field "${label}". It has: ${known}.`);
		}
		filledIn.append(field, answer);
	}
	await browser.post(url, filledIn);
}
