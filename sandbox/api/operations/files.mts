import { randomUUID } from 'node:crypto';
import { refusal } from '../refusal.mts';
import { json } from '../response.mts';
import type { Content } from '../content.mts';
import type { Handler } from '../../context.mts';

/** The file in the form field `file`. Throws a 400 refusal when it is not a file. */
export function uploadedFile(content: Content): File {
	const field = content.kind === 'form' ? content.form.get('file') : null;
	if (field instanceof File) return field;
	throw refusal(400, 'missing_file', 'The form field "file" holds no file.');
}

/** The texts of the form field `name`, which can occur several times. */
export function formTexts(content: Content, name: string): string[] {
	const values = content.kind === 'form' ? content.form.getAll(name) : [];
	return values.filter((value) => typeof value === 'string');
}

/** `POST /resources`: stores a file for the documents of cases. */
export const uploadFile: Handler = ({ content }, { state }) => {
	const { name, size } = uploadedFile(content);
	const resourceId = randomUUID();
	const document = { resourceId, resourcePath: `resources/${resourceId}`, resourceName: name };
	state.files.set(resourceId, { ...document, size });
	return json(201, document);
};
