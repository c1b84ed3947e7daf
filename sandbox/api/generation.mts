import { fieldOf, isObject, objectOf, textOf, textsOf } from './fields.mts';

/** The generations of the API. */
export type Generation = 'v1' | 'v2' | 'v3';

/** The media type's parameter by which v2 is asked for on the paths that it shares with v1. */
const ASKS_FOR_V2 = /^\s*application\/json\s*;\s*version\s*=\s*"?2"?\s*(;|$)/i;

/**
 * The generation that a call speaks, as the contract has it: `Accept: application/json;version=2` asks for v2,
 * anything else is the first generation that the operation belongs to.
 *
 * In: those generations, oldest first, and the `Accept` header, unchanged.
 */
export function generationOf(
	generations: readonly Generation[],
	accept: string | undefined,
): Generation {
	const asksForV2 = (accept ?? '').split(',').some((range) => ASKS_FOR_V2.test(range));
	if (asksForV2 && generations.includes('v2')) return 'v2';
	return generations[0] ?? 'v1';
}

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
