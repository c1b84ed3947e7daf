/** n8n renders descriptions as HTML. */
const LINE_BREAK = '<br>';

/** Joins the non-empty parts of a description, one line each. */
export function lines(...parts: Array<string | null | undefined>): string {
	return parts.filter(Boolean).join(LINE_BREAK);
}

/** A description as text, for the output of a failed item. */
export function asText(description: string | null | undefined): string {
	return (description ?? '').replaceAll(LINE_BREAK, '\n');
}
