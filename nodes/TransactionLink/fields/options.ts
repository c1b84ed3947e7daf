import { collectionField } from '../../shared/fields/collection';
import type { Field } from '../../shared/fields/field';
import { numberField } from '../../shared/fields/number';
import { HIGHEST_LIMIT } from '../../shared/http/limiter';

/** The number of items at once that stands for as many as TransactionLink takes. */
export const AUTOMATIC = 0;

/** A collection of options, of which one or several are read. */
function optionsField<T>(
	fields: ReadonlyArray<Field<unknown>>,
	read: Parameters<typeof collectionField<T>>[2],
): Field<T> {
	return collectionField({ name: 'options', label: 'Options', button: 'Add Option' }, fields, read);
}

/** Makes a field one of the options of an operation: it is shown and read there. */
export function option<T>(field: Field<T>): Field<T> {
	return { ...field, read: optionsField([], (context) => field.read(context)).read };
}

/** How many items are worked on at the same time. Every operation has it; it is the same for all items. */
export const itemsAtOnce = option(
	numberField({
		name: 'itemsAtOnce',
		label: 'Items at Once',
		description:
			'How many items are sent to TransactionLink at the same time. ' +
			`Choose 0 for automatic: as many as it takes without getting slower, up to ${HIGHEST_LIMIT}.`,
		default: AUTOMATIC,
		min: AUTOMATIC,
		max: HIGHEST_LIMIT,
		isWhole: true,
	}),
);

/** What the panel shows under Options. @param own the options of the operation */
export function optionsOf(own: ReadonlyArray<Field<unknown>>): Field<unknown> {
	return optionsField([...own, itemsAtOnce], () => undefined);
}
