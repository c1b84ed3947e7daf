import { fieldOf, isObject, objectOf, textOf, textsOf } from './fields.mts';

/** The versions of the API. */
export type ApiVersion = 'v1' | 'v2' | 'v3';

/** The media type that requests v2 on the paths that it shares with v1. */
const REQUESTS_V2 = /^\s*application\/json\s*;\s*version\s*=\s*"?2"?\s*(;|$)/i;

/**
 * The version of a request, by the contract: `Accept: application/json;version=2` requests v2, any other value the
 * operation's first version.
 *
 * Takes the operation's versions, oldest first, and the `Accept` header.
 */
export function versionOf(versions: readonly ApiVersion[], accept: string | undefined): ApiVersion {
	const isV2Requested = (accept ?? '').split(',').some((range) => REQUESTS_V2.test(range));
	if (isV2Requested && versions.includes('v2')) return 'v2';
	return versions[0] ?? 'v1';
}

/** The versions of a schema, by a reference such as `#/components/schemas/RunForCase`. */
function versionsOfReference(document: unknown, reference: unknown): string[] {
	const name = textOf(reference, '$ref')?.split('/').at(-1) ?? '';
	return textsOf(
		objectOf(objectOf(objectOf(document, 'components'), 'schemas'), name),
		'x-generations',
	);
}

/** Keeps only the request bodies of `version`. */
function narrowBody(document: unknown, schema: unknown, version: ApiVersion): void {
	const choices = fieldOf(schema, 'anyOf');
	if (!isObject(schema) || !Array.isArray(choices)) return;
	const fitting = choices.filter((choice) => {
		const versions = versionsOfReference(document, choice);
		return versions.length === 0 || versions.includes(version);
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
 * The contract for one version: if v1 and v2 share a path, without the other one's body.
 *
 * Takes the contract as parsed from YAML, changes it in place, and returns it.
 */
export function narrowToVersion(document: unknown, version: ApiVersion): unknown {
	for (const path of Object.values(objectOf(document, 'paths'))) {
		for (const operation of Object.values(isObject(path) ? path : {})) {
			for (const content of Object.values(
				objectOf(objectOf(operation, 'requestBody'), 'content'),
			)) {
				narrowBody(document, fieldOf(content, 'schema'), version);
			}
		}
	}
	return document;
}
