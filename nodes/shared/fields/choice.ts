import type { INodePropertyOptions } from 'n8n-workflow';
import { emptiness, field, type Field, type FieldReading } from './field';
import { trimmed } from './hygiene';
import { readList } from './list';

/** One choice. */
export interface Choice<Value extends string> extends INodePropertyOptions {
	value: Value;
}

/** Reads one of several choices. Any other value is rejected, and never replaced by the default. */
export function readChoice<Value extends string>(
	value: unknown,
	reading: FieldReading,
	choices: ReadonlyArray<Choice<Value>>,
): Value {
	const text = typeof value === 'string' ? trimmed(value) : value;
	const chosen = choices.find((choice) => choice.value === text);
	if (chosen !== undefined) return chosen.value;
	const isEmpty = text === undefined || text === null || text === '';
	throw reading.reject(isEmpty ? emptiness(value) : 'is not one of its choices');
}

function expectedOf(choices: ReadonlyArray<Choice<string>>): string {
	const values = choices.map(({ value }) => value);
	const last = values.pop() ?? '';
	const listed = [values.join(', '), last].filter(Boolean).join(' or ');
	return `Choose one from the list; an expression has to return ${listed}`;
}

/** The texts of a field with choices, and its default. */
interface ChoiceShown<Default> {
	name: string;
	label: string;
	description: string;
	default: Default;
}

/** A field with choices. Its label, default and choices are the same wherever it is shown. */
export function choiceField<Value extends string>(
	{ name, label, description, default: initial }: ChoiceShown<Value>,
	choices: ReadonlyArray<Choice<Value>>,
): Field<Value> {
	return field(
		{
			displayName: label,
			name,
			type: 'options',
			options: [...choices],
			default: initial,
			description,
		},
		expectedOf(choices),
		(value, reading) => readChoice(value, reading, choices),
	);
}

/** A field with several choices at a time. */
export function choicesField<Value extends string>(
	{ name, label, description, default: initial }: ChoiceShown<Value[]>,
	choices: ReadonlyArray<Choice<Value>>,
): Field<Value[]> {
	return field(
		{
			displayName: label,
			name,
			type: 'multiOptions',
			required: true,
			options: [...choices],
			default: [...initial],
			description,
		},
		expectedOf(choices).replace('Choose one', 'Choose at least one'),
		(value, reading) => {
			const values = readList(value, reading);
			if (values.length === 0) throw reading.reject('is empty');
			return values.map((one) => readChoice(one, reading, choices));
		},
	);
}
