import { Ajv } from 'ajv';
import { BODY_SHAPES, type BodyShape } from '../api/answer.mts';
import { describeViolation } from '../violations.mts';

/** What can go wrong. */
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

/** What goes wrong. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault, as it is asked for. */
export interface FaultOrder {
	/** The operation it strikes, or `*` for any call. */
	operationId: string;
	kind: FaultKind;
	/** `before`: the call has no effect. `after`: it took effect, and then its answer is spoilt. */
	effect?: 'before' | 'after';
	status?: number;
	headers?: Record<string, string>;
	/** What is answered: a text as it is, anything else as JSON. */
	body?: unknown;
	delayMs?: number;
	location?: string;
	/** How the body of `cutBody` and `drip` is sent. */
	shape?: BodyShape;
	/** How often it strikes; once unless told otherwise. */
	times?: number;
	/** Strikes only each n-th call that it could strike. */
	every?: number;
}

/** A fault that waits for its calls. */
export interface Fault extends FaultOrder {
	/** Counted from 1 since the start. */
	number: number;
	effect: 'before' | 'after';
	times: number;
	every: number;
	/** How many calls it could have struck, and how many it did strike. */
	seen: number;
	struck: number;
}

const isFaultOrder = new Ajv({ allErrors: true }).compile<FaultOrder>({
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

/** A fault that cannot be ordered; the message says why, for a person. */
export class UnusableFault extends Error {}

/** The faults that were ordered, and which call each strikes. */
export class Faults {
	readonly #operationIds: ReadonlySet<string>;
	#faults: Fault[] = [];
	#count = 0;

	/** `operationIds`: the operations there are, so that a misspelt one is not waited for in vain. */
	constructor(operationIds: Iterable<string>) {
		this.#operationIds = new Set(operationIds);
	}

	/** The faults that still wait for calls, oldest first. */
	all(): readonly Fault[] {
		return this.#faults;
	}

	/** Orders a fault. Throws `UnusableFault`. */
	order(order: unknown): Fault {
		const fault: Fault = { ...this.check(order), number: this.#count + 1, seen: 0, struck: 0 };
		this.#count += 1;
		this.#faults.push(fault);
		return fault;
	}

	/** The fault that an order would make, without making it. Throws `UnusableFault`. */
	check(order: unknown): Omit<Fault, 'number' | 'seen'> {
		if (!isFaultOrder(order)) {
			const messages = (isFaultOrder.errors ?? []).map((error) => describeViolation(error).message);
			throw new UnusableFault(messages.join(' '));
		}
		if (order.operationId !== '*' && !this.#operationIds.has(order.operationId)) {
			const known = [...this.#operationIds].join(', ');
			throw new UnusableFault(
				`There is no operation ${order.operationId}. There are: ${known}, and * for any.`,
			);
		}
		return { effect: 'before', times: 1, every: 1, ...order, struck: 0 };
	}

	/** The fault that strikes a call of this operation (null: an address that is not known), if one does. */
	take(operationId: string | null): Fault | undefined {
		for (const fault of this.#faults) {
			if (fault.operationId !== '*' && fault.operationId !== operationId) continue;
			fault.seen += 1;
			if (fault.seen % fault.every !== 0) continue;
			fault.struck += 1;
			if (fault.struck >= fault.times)
				this.#faults = this.#faults.filter((other) => other !== fault);
			return fault;
		}
		return undefined;
	}

	/** Calls one fault off. Out: whether it was still waiting. */
	cancel(number: number): boolean {
		const before = this.#faults.length;
		this.#faults = this.#faults.filter((fault) => fault.number !== number);
		return this.#faults.length < before;
	}

	/** Calls all faults off. */
	clear(): void {
		this.#faults = [];
	}
}
