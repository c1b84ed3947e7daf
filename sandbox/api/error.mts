import { randomUUID } from 'node:crypto';
import { json } from './response.mts';
import type { ApiResponse } from './response.mts';
import type { Violation } from '../validation.mts';

/** Thrown for a rejected request; becomes a response in TransactionLink's form. */
export class Refusal extends Error {
	readonly status: number;
	readonly violations: Violation[];

	/** `status`: of HTTP, 4xx. `violations`: at least one. */
	constructor(status: number, violations: Violation[]) {
		super(violations.map(({ message }) => message).join(' '));
		this.status = status;
		this.violations = violations;
	}
}

/** A refusal for one reason. */
export function refusal(status: number, code: string, message: string): Refusal {
	return new Refusal(status, [{ code, message }]);
}

/** Returns an existing thing. Throws a 404 refusal with `kind` and `id` when it is undefined. */
export function found<Thing>(thing: Thing | undefined, kind: string, id: string): Thing {
	if (thing === undefined) {
		throw refusal(404, `${kind.replaceAll(' ', '_')}_not_found`, `There is no ${kind} ${id}.`);
	}
	return thing;
}

/** TransactionLink's error body: a fingerprint for the support, and one error per reason. */
export function refusalBody(violations: Violation[]): { fingerprint: string; errors: Violation[] } {
	return { fingerprint: randomUUID(), errors: violations };
}

/** The response to a failed request: the refusal, or a 500 for any other error. */
export function responseToFailure(failure: unknown): ApiResponse {
	if (failure instanceof Refusal) return json(failure.status, refusalBody(failure.violations));
	console.error(failure);
	return json(
		500,
		refusalBody([
			{ code: 'internal_error', message: 'The sandbox made a mistake; its log says more.' },
		]),
	);
}
