import { refusal } from '../refusal.mts';
import type { Content } from '../content.mts';

/** The file in the form field `file`. Throws a 400 refusal when that is not a file. */
export function uploadedFile(content: Content): File {
	const field = content.kind === 'form' ? content.form.get('file') : null;
	if (field instanceof File) return field;
	throw refusal(400, 'missing_file', 'The form field "file" holds no file.');
}

/** What the form field `name` holds as text, once for each time it is there. */
export function formTexts(content: Content, name: string): string[] {
	const values = content.kind === 'form' ? content.form.getAll(name) : [];
	return values.filter((value) => typeof value === 'string');
}
