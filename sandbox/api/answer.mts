/** What goes back over HTTP. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** An answer that carries `value` as JSON. */
export function json(status: number, value: unknown): Answer {
	return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** An answer that carries plain text. */
export function text(status: number, value: string): Answer {
	return { status, headers: { 'content-type': 'text/plain' }, body: value };
}
