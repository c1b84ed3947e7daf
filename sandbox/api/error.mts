import { randomUUID } from 'node:crypto';
import { json } from './response.mts';
import type { ApiResponse } from './response.mts';
import type { ErrorDetail } from '../validation.mts';

/** Thrown for a rejected request; becomes a response in TransactionLink's form. */
export class ApiError extends Error {
	readonly status: number;
	readonly details: ErrorDetail[];

	/** `status`: of HTTP, 4xx. `details`: at least one. */
	constructor(status: number, details: ErrorDetail[]) {
		super(details.map(({ message }) => message).join(' '));
		this.status = status;
		this.details = details;
	}
}

/** An API error for one reason. */
export function apiError(status: number, code: string, message: string): ApiError {
	return new ApiError(status, [{ code, message }]);
}

/** Returns an existing thing. Throws a 404 error with `kind` and `id` when it is undefined. */
export function orNotFound<Thing>(thing: Thing | undefined, kind: string, id: string): Thing {
	if (thing === undefined) {
		throw apiError(404, `${kind.replaceAll(' ', '_')}_not_found`, `There is no ${kind} ${id}.`);
	}
	return thing;
}

/** TransactionLink's error body: a fingerprint for the support, and one error per reason. */
export function errorBody(details: ErrorDetail[]): { fingerprint: string; errors: ErrorDetail[] } {
	return { fingerprint: randomUUID(), errors: details };
}

/** The response to a failed request: the API error, or a 500 for any other error. */
export function errorResponse(error: unknown): ApiResponse {
	if (error instanceof ApiError) return json(error.status, errorBody(error.details));
	console.error(error);
	return json(
		500,
		errorBody([{ code: 'internal_error', message: 'Internal sandbox error. See its log.' }]),
	);
}
