import type { WorkflowParameters } from '../../shared/api/endpoints';
import type { ItemContext } from '../operation';
import { parameterValues } from './parameterFields';
import { readTypedFields } from './readTypedFields';

/**
 * Reads the parameters of a definition for one item, given as fields or as JSON.
 *
 * @param specified which of the two
 * @returns name and value of each, numbers as numbers and texts as texts
 * @throws NodeOperationError naming what cannot be sent like this
 */
export function readParameters(
	item: ItemContext,
	specified: 'fields' | 'json',
): WorkflowParameters {
	return readTypedFields(item, specified, parameterValues);
}
