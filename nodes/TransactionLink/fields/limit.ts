import type { FieldContext } from '../../shared/fields/field';
import { numberField } from '../../shared/fields/number';
import { switchField } from '../../shared/fields/switch';

export const returnAll = switchField(
	'returnAll',
	'Return All',
	false,
	'Whether to return all results or only up to a given limit',
);

export const limit = numberField({
	name: 'limit',
	label: 'Limit',
	description: 'Max number of results to return',
	default: 50,
	min: 1,
	isWhole: true,
});

/** Reads the largest number of results. @throws NodeOperationError when Limit is not a whole number of at least 1 */
export function readMost(context: FieldContext): number {
	return returnAll.read(context) ? Infinity : limit.read(context);
}
