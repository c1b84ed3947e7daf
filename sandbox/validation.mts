import type { ErrorObject } from 'ajv';

/** One reason why a request or a setting is invalid, with a `code` and a readable `message`. */
export interface ErrorDetail {
	code: string;
	message: string;
}

/** The position in the request: `/requestBody/phone/number` becomes `phone.number`. */
function placeOf(instancePath: string): string {
	const [root, ...names] = instancePath.split('/').slice(1);
	if (root === 'path' || root === 'query') return `${names.join('.')} in the ${root}`;
	if (root === 'requestBody') return names.length > 0 ? names.join('.') : 'The body';
	return root === undefined ? 'The body' : [root, ...names].join('.');
}

/** The name of a field inside the position of an error. */
function fieldInside(instancePath: string, field: unknown): string {
	if (field === 'requestBody') return 'The body';
	return placeOf(`${instancePath === '' ? '/requestBody' : instancePath}/${String(field)}`);
}

/** `string` becomes `a string`, `object` becomes `an object`. */
function withArticle(type: string): string {
	return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/**
 * Describes an error of a JSON schema.
 *
 * Takes one error of ajv. Returns the detail, whose message contains the field.
 */
export function describeSchemaError(error: ErrorObject): ErrorDetail {
	if (error.keyword === 'required') {
		const field = fieldInside(error.instancePath, error.params['missingProperty']);
		return { code: 'missing_field', message: `${field} is missing.` };
	}
	if (error.keyword === 'additionalProperties') {
		const field = fieldInside(error.instancePath, error.params['additionalProperty']);
		return { code: 'unknown_field', message: `${field} is not known here.` };
	}
	if (error.keyword === 'enum') {
		const allowed: unknown = error.params['allowedValues'];
		const choices = Array.isArray(allowed)
			? allowed.map((choice) => JSON.stringify(choice)).join(', ')
			: '';
		return {
			code: 'invalid_field',
			message: `${placeOf(error.instancePath)} must be one of ${choices}.`,
		};
	}
	if (error.keyword === 'type') {
		const types = [error.params['type']]
			.flat()
			.map((type) => (type === 'null' ? 'null' : withArticle(String(type))));
		return {
			code: 'invalid_field',
			message: `${placeOf(error.instancePath)} must be ${types.join(' or ')}.`,
		};
	}
	const complaint = error.message ?? 'is not valid';
	return { code: 'invalid_field', message: `${placeOf(error.instancePath)} ${complaint}.` };
}
