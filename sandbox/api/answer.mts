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

/** How a body is cut in the middle, or dripped. */
export const BODY_SHAPES = ['length', 'chunked', 'gzip', 'gzipEnd', 'head'] as const;

/**
 * `length`: less than the content-length announced. `chunked`: without the last chunk. `gzip`: both compressed and
 * less than
 * announced. `gzipEnd`: the compressed body ends early, and the connection ends as it should. `head`: of a drip, the
 * head itself.
 */
export type BodyShape = (typeof BODY_SHAPES)[number];

/** How a call ends: with an answer, one whose body is cut or dripped, or a connection that is cut without one. */
export type Outcome = (Answer & { shape?: BodyShape; isDripped?: boolean }) | 'cut';
