import { apiError } from './error.mts';

/** The parsed body of a request. Media types are in lower case, without parameters. */
export type Content =
	| { kind: 'none' }
	| { kind: 'json'; mediaType: string; value: unknown }
	| { kind: 'form'; mediaType: string; form: FormData }
	| { kind: 'unreadable'; mediaType: string; message: string }
	| { kind: 'other'; mediaType: string };

/** The media type without its parameters, in lower case: `application/json; charset=utf-8` is `application/json`. */
function essenceOf(contentType: string): string {
	return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

async function readForm(body: Buffer<ArrayBuffer>, contentType: string): Promise<Content> {
	const mediaType = essenceOf(contentType);
	try {
		const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
		return { kind: 'form', mediaType, form };
	} catch {
		return {
			kind: 'unreadable',
			mediaType,
			message: 'The body is not a well-formed multipart form.',
		};
	}
}

/**
 * Reads the body of a request.
 *
 * Takes the bytes, empty without a body, and the `Content-Type` header. Never throws: an invalid body is
 * `unreadable`, an unknown media type `other`.
 */
export async function readContent(
	body: Buffer<ArrayBuffer>,
	contentType: string | undefined,
): Promise<Content> {
	const mediaType = essenceOf(contentType ?? '');
	if (body.length === 0 && mediaType === '') return { kind: 'none' };
	if (mediaType === 'multipart/form-data') return await readForm(body, contentType ?? '');
	if (mediaType !== 'application/json') return { kind: 'other', mediaType };
	if (body.length === 0) return { kind: 'none' };
	try {
		return { kind: 'json', mediaType, value: JSON.parse(body.toString('utf8')) };
	} catch {
		return { kind: 'unreadable', mediaType, message: 'The body is not well-formed JSON.' };
	}
}

/** The fields of a form; repeated ones become a list. */
function fieldsOf(
	form: FormData,
	read: (value: string | File) => unknown,
): Record<string, unknown> {
	const fields: Record<string, unknown> = {};
	form.forEach((_, name) => {
		const values = form.getAll(name).map(read);
		fields[name] = values.length === 1 ? values[0] : values;
	});
	return fields;
}

/** The fields of a form for JSON: texts unchanged, files by their names. */
function describeForm(form: FormData): Record<string, unknown> {
	return fieldsOf(form, (value) =>
		typeof value === 'string' ? value : { file: value.name, type: value.type, size: value.size },
	);
}

/** The body as the request log contains it. */
export function describeContent(content: Content): unknown {
	if (content.kind === 'json') return content.value;
	if (content.kind === 'form') return describeForm(content.form);
	return undefined;
}

/** The body for validation by the contract: for a form, each field's text, and each file's name. */
export function bodyForContract(content: Content): unknown {
	if (content.kind === 'json') return content.value;
	if (content.kind !== 'form') return undefined;
	return fieldsOf(content.form, (value) => (typeof value === 'string' ? value : value.name));
}

/** The file in the form field `file`. Throws a 400 error when it is not a file. */
export function uploadedFile(content: Content): File {
	const field = content.kind === 'form' ? content.form.get('file') : null;
	if (field instanceof File) return field;
	throw apiError(400, 'missing_file', 'The form field "file" holds no file.');
}

/** The texts of the form field `name`, which can occur several times. */
export function formTexts(content: Content, name: string): string[] {
	const values = content.kind === 'form' ? content.form.getAll(name) : [];
	return values.filter((value) => typeof value === 'string');
}
