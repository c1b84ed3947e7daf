import { readFile } from 'node:fs/promises';
import ajvFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';
import { parse } from 'yaml';
import { describeSchemaError } from '../validation.mts';
import { narrowToVersion } from './version.mts';
import { isObject, textsOf } from './fields.mts';
import type { ErrorDetail } from '../validation.mts';
import type { ApiVersion } from './version.mts';

/** An operation of the contract, as the sandbox needs it. */
export interface Operation {
	id: string;
	/** Oldest first. */
	apiVersions: ApiVersion[];
	/** The media type of the request's body, or null without a body. */
	mediaType: string | null;
	/** Whether it requires no credentials. */
	open: boolean;
}

/** A request, as the contract describes it. */
export interface Request {
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	/** Parsed; undefined without a body. */
	body: unknown;
}

const contractFile = new URL('../../contract/openapi.yaml', import.meta.url);

function isDocument(value: unknown): value is Document {
	return isObject(value) && typeof value['openapi'] === 'string' && isObject(value['paths']);
}

async function loadBackend(document: unknown): Promise<OpenAPIBackend> {
	if (!isDocument(document)) throw new Error(`${contractFile.pathname} is not an OpenAPI document`);
	const backend = new OpenAPIBackend({
		definition: document,
		strict: true,
		// Skips its check of the document, which supports only OpenAPI 3.0, and the contract is 3.1.
		quick: true,
		ajvOpts: { allErrors: true },
		customizeAjv: (ajv) => ajvFormats.default(ajv),
	});
	return await backend.init();
}

function isApiVersion(value: string): value is ApiVersion {
	return value === 'v1' || value === 'v2' || value === 'v3';
}

function operationsOf(backend: OpenAPIBackend): Map<string, Operation> {
	const operations = new Map<string, Operation>();
	for (const described of backend.getOperations()) {
		const id = described.operationId ?? '';
		const content =
			described.requestBody !== undefined && 'content' in described.requestBody
				? described.requestBody.content
				: {};
		const security = described.security ?? [];
		operations.set(id, {
			id,
			apiVersions: textsOf(described, 'x-generations').filter(isApiVersion),
			mediaType: Object.keys(content)[0] ?? null,
			open: security.length === 0 || security.some((way) => Object.keys(way).length === 0),
		});
	}
	return operations;
}

/** The contract: finds the operation of a path, and validates requests. */
export class Contract {
	readonly operations: ReadonlyMap<string, Operation>;
	readonly #v1: OpenAPIBackend;
	readonly #v2: OpenAPIBackend;

	/** `v1` contains only the request bodies of v1, `v2` only those of v2; otherwise they are the same. */
	constructor(v1: OpenAPIBackend, v2: OpenAPIBackend) {
		this.#v1 = v1;
		this.#v2 = v2;
		this.operations = operationsOf(v1);
	}

	/** The operation of a path, or undefined. */
	match(request: Request): Operation | undefined {
		const matched = this.#v1.matchOperation(request);
		return matched?.operationId === undefined
			? undefined
			: this.operations.get(matched.operationId);
	}

	/** The decoded path parameters. */
	pathParameters(request: Request, operation: Operation): Record<string, string> {
		const parameters: unknown = this.#v1.router.parseRequest(
			request,
			this.#v1.getOperation(operation.id),
		).params;
		const texts: Record<string, string> = {};
		for (const [name, value] of Object.entries(isObject(parameters) ? parameters : {}))
			texts[name] = String(value);
		return texts;
	}

	/** Validates a request. Returns its errors: none for a valid one. */
	validate(request: Request, operation: Operation, apiVersion: ApiVersion): ErrorDetail[] {
		const backend = apiVersion === 'v2' ? this.#v2 : this.#v1;
		const { errors } = backend.validateRequest(request, backend.getOperation(operation.id));
		return (errors ?? []).map(describeSchemaError);
	}
}

/** Reads contract/openapi.yaml. Throws when it is missing or not an OpenAPI document. */
export async function readContract(): Promise<Contract> {
	const source = await readFile(contractFile, 'utf8');
	const documentFor = (apiVersion: ApiVersion): unknown => {
		const document: unknown = parse(source);
		return narrowToVersion(document, apiVersion);
	};
	return new Contract(await loadBackend(documentFor('v1')), await loadBackend(documentFor('v2')));
}
