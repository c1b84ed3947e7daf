import { ApiError } from './error.mts';
import type { SampleDefinition } from '../definitions.mts';

/** Rejects missing required parameters, with one error for each. */
export function checkParameters(
	definition: SampleDefinition,
	parameters: Record<string, unknown>,
): void {
	const missing = definition.requiredNumbers.filter((name) => typeof parameters[name] !== 'number');
	if (missing.length === 0) return;
	throw new ApiError(
		400,
		missing.map((name) => ({
			code: name in parameters ? 'invalid_parameter' : 'missing_parameter',
			message: `The definition ${definition.name} needs the parameter ${name}, a number.`,
		})),
	);
}
