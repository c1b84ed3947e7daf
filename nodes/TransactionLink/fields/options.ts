import { collectionField } from '../../shared/fields/collection';
import type { Field } from '../../shared/fields/field';
import { numberField } from '../../shared/fields/number';
import { HIGHEST_LIMIT } from '../../shared/http/limiter';

/** Lets the limiter determine the number of items at once. */
export const AUTOMATIC = 0;

/** A collection of options. */
function optionsField<T>(
	fields: ReadonlyArray<Field<unknown>>,
	read: Parameters<typeof collectionField<T>>[2],
): Field<T> {
	return collectionField({ name: 'options', label: 'Options', button: 'Add Option' }, fields, read);
}

/** Shows and reads a field as one of the options of an operation. */
export function option<T>(field: Field<T>): Field<T> {
	return { ...field, read: optionsField([], (context) => field.read(context)).read };
}

/** How many items are processed at the same time. Every operation has it, with one value for all items. */
export const itemsAtOnce = option(
	numberField({
		name: 'itemsAtOnce',
		label: 'Items at Once',
		description: `How many items to process at the same time, up to ${HIGHEST_LIMIT}. Choose 0 for automatic.`,
		default: AUTOMATIC,
		min: AUTOMATIC,
		max: HIGHEST_LIMIT,
		isWhole: true,
	}),
);

/** The options of an operation. @param own besides the common ones */
export function optionsOf(own: ReadonlyArray<Field<unknown>>): Field<unknown> {
	return optionsField([...own, itemsAtOnce], () => undefined);
}
