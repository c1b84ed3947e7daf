import { fieldOf, isObject, objectOf, textOf, textsOf } from './fields.mts';
import type { Generation } from './generation.mts';

/** The generations of the schema that a reference like `#/components/schemas/RunForCase` names. */
function generationsOfReference(document: unknown, reference: unknown): string[] {
	const name = textOf(reference, '$ref')?.split('/').at(-1) ?? '';
	return textsOf(
		objectOf(objectOf(objectOf(document, 'components'), 'schemas'), name),
		'x-generations',
	);
}

/** Of several bodies that an operation takes, leaves the ones of `generation`. */
function narrowBody(document: unknown, schema: unknown, generation: Generation): void {
	const choices = fieldOf(schema, 'anyOf');
	if (!isObject(schema) || !Array.isArray(choices)) return;
	const fitting = choices.filter((choice) => {
		const generations = generationsOfReference(document, choice);
		return generations.length === 0 || generations.includes(generation);
	});
	// A lone choice replaces the list, since the errors of a list speak of every choice at once.
	if (fitting.length === 1 && isObject(fitting[0])) {
		delete schema['anyOf'];
		Object.assign(schema, fitting[0]);
	} else {
		schema['anyOf'] = fitting;
	}
}

/**
 * The contract as one generation sees it: where v1 and v2 share an address, the other one's body is gone.
 *
 * In: the contract, as parsed from YAML; it is changed in place, and returned.
 */
export function narrowToGeneration(document: unknown, generation: Generation): unknown {
	for (const path of Object.values(objectOf(document, 'paths'))) {
		for (const operation of Object.values(isObject(path) ? path : {})) {
			for (const content of Object.values(
				objectOf(objectOf(operation, 'requestBody'), 'content'),
			)) {
				narrowBody(document, fieldOf(content, 'schema'), generation);
			}
		}
	}
	return document;
}
