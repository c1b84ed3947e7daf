import type { IDisplayOptions, INodeProperties, NodeOperationError, UserError } from 'n8n-workflow';

/** The error for a rejected field, in a node or in the trigger. */
export type Rejected = NodeOperationError | UserError;

/** The source of fields: the panel of a node, for one item or one delivery. */
export interface FieldContext {
	/**
	 * The value of a parameter, after evaluating its expression.
	 *
	 * @param fallback the field's default, for a parameter that is missing in the workflow
	 */
	value(name: string, fallback?: unknown): unknown;
	/**
	 * Builds the error for a rejected field.
	 *
	 * @param heading what is wrong, without a full stop and without the value
	 * @param advice what to enter instead, as sentences without the last full stop
	 */
	rejection(heading: string, advice: string): Rejected;
	/** Whether the user entered an expression. */
	isExpression(name: string): boolean;
	/** Adds a finding that does not stop the item. The node shows once how many items it concerns. */
	note(finding: string): void;
	/** The JSON of the input item; empty if there is none. */
	inputJson(): Readonly<Record<string, unknown>>;
	/** The time zone of the workflow, such as "Europe/Stockholm". */
	timeZone(): string;
}

/** The field that a reader reads, for rejecting its value. */
export class FieldReading {
	readonly context: FieldContext;

	readonly label: string;

	private readonly expected: string;

	/** @param expected what to enter, as sentences without the last full stop */
	constructor(context: FieldContext, label: string, expected: string) {
		this.context = context;
		this.label = label;
		this.expected = expected;
	}

	/**
	 * @param finding what is wrong, to follow the label: "is empty"
	 * @param advice what to do, if that differs from entering an expected value
	 */
	reject(finding: string, advice = this.expected): Rejected {
		return this.context.rejection(`${this.label} ${finding}`, advice);
	}
}

/** Converts any value of a field to one type. @throws Rejected when it is invalid */
export type Reader<T> = (value: unknown, reading: FieldReading) => T;

/** A field: its part of the panel, and how its value is read. */
export interface Field<T> {
	readonly property: INodeProperties;
	/** What to enter, as sentences without the last full stop. */
	readonly expected: string;
	/** @throws Rejected when the value is invalid */
	read(context: FieldContext): T;
}

/** Builds a field from its property, the expected value, and its reader. */
export function field<T>(property: INodeProperties, expected: string, reader: Reader<T>): Field<T> {
	const { name, displayName, default: fallback } = property;
	return {
		property,
		expected,
		read: (context) => {
			const value = context.value(name, fallback);
			const result = reader(value, new FieldReading(context, displayName, expected));
			if (result === undefined && context.isExpression(name))
				context.note(`${displayName} was empty`);
			return result;
		},
	};
}

/** Why a value is missing: an expression that returned none, or an empty field. */
export function emptiness(value: unknown): string {
	return value === undefined || value === null
		? 'is empty: the expression returned no value'
		: 'is empty';
}

/** Makes an optional field required. */
export function required<T>({ property, expected, read }: Field<T | undefined>): Field<T> {
	return {
		property: { ...property, required: true },
		expected,
		read: (context) => {
			const value = read({ ...context, note: () => {} });
			if (value !== undefined) return value;
			const { name, displayName, default: fallback } = property;
			const empty = emptiness(context.value(name, fallback));
			throw new FieldReading(context, displayName, expected).reject(empty);
		},
	};
}

/** Shows a field only while other fields have one of the given values. */
export function showWhen<T>(show: NonNullable<IDisplayOptions['show']>, shown: Field<T>): Field<T> {
	const { displayOptions } = shown.property;
	return {
		...shown,
		property: {
			...shown.property,
			displayOptions: { ...displayOptions, show: { ...show, ...displayOptions?.show } },
		},
	};
}
