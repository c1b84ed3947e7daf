import { Ajv } from 'ajv';
import { describeSchemaError } from '../validation.mts';

/** The kinds of faults. */
export const FAULT_KINDS = [
	'status',
	'delay',
	'cut',
	'html',
	'malformed',
	'empty',
	'redirect',
	'errorBody',
	'cutBody',
	'drip',
	'echo',
] as const;

/** A kind of fault. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The ways of truncating or dripping a body. */
export const BODY_SHAPES = ['length', 'chunked', 'gzip', 'gzipEnd', 'head'] as const;

/**
 * `length`: shorter than its content-length. `chunked`: without the last chunk. `gzip`: compressed and shorter than
 * its content-length. `gzipEnd`: the compressed body ends early, but the connection ends normally. `head`: drips the
 * headers.
 */
export type BodyShape = (typeof BODY_SHAPES)[number];

/** A fault, as a test or a user enters it. */
export interface FaultSettings {
	/** The affected operation, or `*` for any request. */
	operationId: string;
	kind: FaultKind;
	/** `before`: the request has no effect. `after`: it takes effect, and the fault replaces its response. */
	effect?: 'before' | 'after';
	status?: number;
	headers?: Record<string, string>;
	/** The body of the response: a text unchanged, any other value as JSON. */
	body?: unknown;
	delayMs?: number;
	location?: string;
	/** How the body of `cutBody` and `drip` is sent. */
	shape?: BodyShape;
	/** How often it occurs; once by default. */
	times?: number;
	/** Affects only every n-th matching request. */
	every?: number;
}

/** A pending fault. */
export interface Fault extends FaultSettings {
	/** Counted from 1 since the start. */
	number: number;
	effect: 'before' | 'after';
	times: number;
	every: number;
	/** The number of matching requests, and of those that it affected. */
	seen: number;
	applied: number;
}

const isFaultSettings = new Ajv({ allErrors: true }).compile<FaultSettings>({
	type: 'object',
	additionalProperties: false,
	required: ['operationId', 'kind'],
	properties: {
		operationId: { type: 'string' },
		kind: { enum: FAULT_KINDS },
		effect: { enum: ['before', 'after'] },
		status: { type: 'integer', minimum: 200, maximum: 599 },
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		body: {},
		delayMs: { type: 'integer', minimum: 0, maximum: 600_000 },
		location: { type: 'string', minLength: 1 },
		shape: { enum: BODY_SHAPES },
		times: { type: 'integer', minimum: 1 },
		every: { type: 'integer', minimum: 1 },
	},
});

/** An invalid fault. The message contains the reason. */
export class InvalidFault extends Error {}

/** The pending faults. */
export class Faults {
	readonly #operationIds: ReadonlySet<string>;
	#faults: Fault[] = [];
	#count = 0;

	/** `operationIds`: all operations, so that a misspelled one is rejected. */
	constructor(operationIds: Iterable<string>) {
		this.#operationIds = new Set(operationIds);
	}

	/** The pending faults, oldest first. */
	all(): readonly Fault[] {
		return this.#faults;
	}

	/** Adds a fault. Throws `InvalidFault`. */
	add(settings: unknown): Fault {
		const fault: Fault = { ...this.check(settings), number: this.#count + 1, seen: 0, applied: 0 };
		this.#count += 1;
		this.#faults.push(fault);
		return fault;
	}

	/** The fault with these settings, without adding it. Throws `InvalidFault`. */
	check(settings: unknown): Omit<Fault, 'number' | 'seen'> {
		if (!isFaultSettings(settings)) {
			const messages = (isFaultSettings.errors ?? []).map(
				(error) => describeSchemaError(error).message,
			);
			throw new InvalidFault(messages.join(' '));
		}
		if (settings.operationId !== '*' && !this.#operationIds.has(settings.operationId)) {
			const known = [...this.#operationIds].join(', ');
			throw new InvalidFault(
				`There is no operation ${settings.operationId}. There are: ${known}, and * for any.`,
			);
		}
		return { effect: 'before', times: 1, every: 1, ...settings, applied: 0 };
	}

	/** The fault for a request of this operation (null for an unknown path), if there is one. */
	take(operationId: string | null): Fault | undefined {
		for (const fault of this.#faults) {
			if (fault.operationId !== '*' && fault.operationId !== operationId) continue;
			fault.seen += 1;
			if (fault.seen % fault.every !== 0) continue;
			fault.applied += 1;
			if (fault.applied >= fault.times)
				this.#faults = this.#faults.filter((other) => other !== fault);
			return fault;
		}
		return undefined;
	}

	/** Cancels one fault. Returns whether it was still pending. */
	cancel(number: number): boolean {
		const before = this.#faults.length;
		this.#faults = this.#faults.filter((fault) => fault.number !== number);
		return this.#faults.length < before;
	}

	/** Cancels all faults. */
	clear(): void {
		this.#faults = [];
	}
}
