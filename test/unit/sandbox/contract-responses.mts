import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

/** The part of an operation of the contract that the tests read. */
interface DefinedOperation {
	operationId: string;
	responses: Record<string, { content?: Record<string, unknown> }>;
}

const document: { paths: Record<string, Record<string, DefinedOperation>> } = parse(
	readFileSync(join(__dirname, '../../../contract/openapi.yaml'), 'utf8'),
);

const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(document, 'contract');

/** Each operation of the contract, with its path and method. */
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** The IDs of all operations of the contract. */
export const operationIds = operations.map(({ operation }) => operation.operationId);

/** The reference to the schema of a response in the contract. All errors share one schema. */
function schemaOf(operationId: string, status: number): string {
	if (status >= 400) return 'contract#/components/schemas/ErrorBody';
	const defined = operations.find(({ operation }) => operation.operationId === operationId);
	if (defined === undefined) throw new Error(`The contract has no ${operationId}`);
	const { path, method, operation } = defined;
	const key = [String(status), `${String(status)[0]}XX`].find(
		(candidate) => candidate in operation.responses,
	);
	const [mediaType] = Object.keys(operation.responses[key ?? '']?.content ?? {});
	if (key === undefined || mediaType === undefined)
		throw new Error(`The contract has no ${status} of ${operationId}`);
	const names = ['paths', path, method, 'responses', key, 'content', mediaType, 'schema'];
	return `contract#/${names.map((name) => encodeURIComponent(name.replaceAll('/', '~1'))).join('/')}`;
}

/**
 * The violations of the contract by a response.
 *
 * @throws if the contract does not define a response with this status
 */
export function contractViolations(operationId: string, status: number, body: unknown): string[] {
	const isValid = ajv.compile({ $ref: schemaOf(operationId, status) });
	return isValid(body)
		? []
		: (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
