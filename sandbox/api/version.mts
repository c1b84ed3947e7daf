import { fieldOf, isObject, objectOf, textOf, textsOf } from './fields.mts';

/** The generations of the API. */
export type Generation = 'v1' | 'v2' | 'v3';

/** The media type that requests v2 on the paths that it shares with v1. */
const ASKS_FOR_V2 = /^\s*application\/json\s*;\s*version\s*=\s*"?2"?\s*(;|$)/i;

/**
 * The generation of a request, by the contract: `Accept: application/json;version=2` requests v2, any other value the
 * operation's first generation.
 *
 * Takes the operation's generations, oldest first, and the `Accept` header.
 */
export function generationOf(
	generations: readonly Generation[],
	accept: string | undefined,
): Generation {
	const asksForV2 = (accept ?? '').split(',').some((range) => ASKS_FOR_V2.test(range));
	if (asksForV2 && generations.includes('v2')) return 'v2';
	return generations[0] ?? 'v1';
}

/** The generations of a schema, by a reference such as `#/components/schemas/RunForCase`. */
function generationsOfReference(document: unknown, reference: unknown): string[] {
	const name = textOf(reference, '$ref')?.split('/').at(-1) ?? '';
	return textsOf(
		objectOf(objectOf(objectOf(document, 'components'), 'schemas'), name),
		'x-generations',
	);
}

/** Keeps only the request bodies of `generation`. */
function narrowBody(document: unknown, schema: unknown, generation: Generation): void {
	const choices = fieldOf(schema, 'anyOf');
	if (!isObject(schema) || !Array.isArray(choices)) return;
	const fitting = choices.filter((choice) => {
		const generations = generationsOfReference(document, choice);
		return generations.length === 0 || generations.includes(generation);
	});
	// A single choice replaces the list, because the errors of a list mention every choice.
	if (fitting.length === 1 && isObject(fitting[0])) {
		delete schema['anyOf'];
		Object.assign(schema, fitting[0]);
	} else {
		schema['anyOf'] = fitting;
	}
}

/**
 * The contract for one generation: if v1 and v2 share a path, without the other one's body.
 *
 * Takes the contract as parsed from YAML, changes it in place, and returns it.
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
