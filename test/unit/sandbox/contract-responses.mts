import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

/** An operation of the contract, as far as the tests read it. */
interface DescribedOperation {
	operationId: string;
	responses: Record<string, { content?: Record<string, unknown> }>;
}

const document: { paths: Record<string, Record<string, DescribedOperation>> } = parse(
	readFileSync(join(__dirname, '../../../contract/openapi.yaml'), 'utf8'),
);

const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(document, 'contract');

/** Each operation of the contract, and where it stands in it. */
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** The ids of all operations of the contract. */
export const operationIds = operations.map(({ operation }) => operation.operationId);

/** Where the contract has the schema of an answer: a refusal has the same everywhere. */
function schemaOf(operationId: string, status: number): string {
	if (status >= 400) return 'contract#/components/schemas/Refusal';
	const described = operations.find(({ operation }) => operation.operationId === operationId);
	if (described === undefined) throw new Error(`The contract has no ${operationId}`);
	const { path, method, operation } = described;
	const key = [String(status), `${String(status)[0]}XX`].find(
		(candidate) => candidate in operation.responses,
	);
	const [mediaType] = Object.keys(operation.responses[key ?? '']?.content ?? {});
	if (key === undefined || mediaType === undefined)
		throw new Error(`The contract has no ${status} of ${operationId}`);
	const names = ['paths', path, method, 'responses', key, 'content', mediaType, 'schema'];
	return `contract#/${names.map((name) => encodeURIComponent(name.replaceAll('/', '~1'))).join('/')}`;
}

/** In what an answer does not keep to the contract; nothing when all is well. Throws when it describes none. */
export function contractViolations(operationId: string, status: number, body: unknown): string[] {
	const isValid = ajv.compile({ $ref: schemaOf(operationId, status) });
	return isValid(body)
		? []
		: (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
