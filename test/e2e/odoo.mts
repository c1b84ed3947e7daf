import { createServer } from 'node:http';
import { Ajv } from 'ajv';
import express from 'express';
import { listen } from '../../sandbox/listen.mts';

/** A record of Odoo. Unset fields are `false`; a reference to another record is its ID and name. */
export type OdooRecord = Record<string, unknown> & { id: number };

/** A stand-in for Odoo 19 with contacts and users. */
export interface Odoo {
	url: string;
	port: number;
	/** The records of `res.partner`: people and companies. */
	contacts: OdooRecord[];
	/** The records of `res.users`: the users of Odoo. */
	users: OdooRecord[];
	/** The successful requests, oldest first, as "model/method". */
	requests: string[];
	/** The requests that currently get a 503, as "model/method". */
	failing: Set<string>;
	/** The rejected requests, each with the reason. */
	rejected: string[];
	close(): Promise<void>;
}

/** The only accepted API key and database. */
export const ODOO_KEY = 'odoo-key';
export const ODOO_DATABASE = 'nordlys';

const CONTACT_FIELDS = {
	name: { type: 'string', minLength: 1 },
	is_company: { type: 'boolean' },
	company_registry: { type: 'string' },
	ref: { type: 'string' },
	comment: { type: 'string' },
};

const ids = { type: 'array', minItems: 1, items: { type: 'integer' } };
const condition = {
	anyOf: [
		{
			type: 'array',
			minItems: 3,
			items: [{ type: 'string' }, { const: '=' }, { type: ['string', 'boolean'], minLength: 1 }],
			additionalItems: false,
		},
		{
			type: 'array',
			minItems: 3,
			items: [{ const: 'id' }, { const: 'in' }, ids],
			additionalItems: false,
		},
	],
};
const closed = (properties: Record<string, object>, required = Object.keys(properties)) => ({
	type: 'object',
	additionalProperties: false,
	required,
	properties,
});

/** An error response of Odoo. */
class OdooError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

const ajv = new Ajv({ strict: false });

/** A method of every model: validates the body with a schema, and runs on the records of the model. */
function method<Body>(schema: object, run: (records: OdooRecord[], body: Body) => unknown) {
	const isValid = ajv.compile<Body>(schema);
	return (records: OdooRecord[], body: unknown): unknown => {
		if (!isValid(body))
			throw new OdooError(422, `${ajv.errorsText(isValid.errors)}: ${JSON.stringify(body)}`);
		return run(records, body);
	};
}

const UNSET = {
	name: false,
	is_company: false,
	company_registry: false,
	ref: false,
	comment: false,
	user_id: false,
	parent_id: false,
};

function valueOf(record: OdooRecord, field: string): unknown {
	if (!(field in record)) throw new OdooError(422, `Invalid field ${field}`);
	return record[field];
}

type Condition = [field: string, operator: string, value: unknown];

function matches(record: OdooRecord, [field, operator, value]: Condition): boolean {
	const actual = valueOf(record, field);
	return operator === 'in' ? Array.isArray(value) && value.includes(actual) : actual === value;
}

const METHODS: Record<string, ReturnType<typeof method>> = {
	search_read: method<{ domain: Condition[]; fields: string[]; limit: number }>(
		closed({
			domain: { type: 'array', minItems: 1, items: condition },
			fields: { type: 'array', minItems: 1, items: { type: 'string' } },
			offset: { const: 0 },
			limit: { const: 1 },
		}),
		(records, { domain, fields, limit }) => {
			const found = records
				.filter((record) => domain.every((part) => matches(record, part)))
				.slice(0, limit);
			return found.map((record) =>
				Object.fromEntries(['id', ...fields].map((field) => [field, valueOf(record, field)])),
			);
		},
	),
	create: method<{ vals_list: Record<string, unknown>[] }>(
		closed({ vals_list: { type: 'array', minItems: 1, items: closed(CONTACT_FIELDS, ['name']) } }),
		(records, { vals_list: list }) =>
			list.map((values) => {
				const id = Math.max(0, ...records.map((record) => record.id)) + 1;
				records.push({ ...UNSET, ...values, id });
				return id;
			}),
	),
	write: method<{ ids: number[]; vals: Record<string, unknown> }>(
		closed({ ids, vals: { ...closed(CONTACT_FIELDS, []), minProperties: 1 } }),
		(records, { ids: targetIds, vals }) => {
			const targets = records.filter(({ id }) => targetIds.includes(id));
			if (targets.length !== targetIds.length)
				throw new OdooError(404, 'Record does not exist or has been deleted.');
			for (const target of targets) Object.assign(target, vals);
			return true;
		},
	),
};

/**
 * Starts it on 127.0.0.1. It implements Odoo's JSON-2 API (`POST /json/2/<model>/<method>`), as documented for Odoo 19
 * and used by n8n's Odoo node. It rejects a wrong key, another database, and unknown models, methods and fields.
 *
 * @param port 0 for any free port
 * @param initial the records at the start, e.g. those of an earlier instance
 */
export async function startOdoo(
	port: number,
	initial: Pick<Odoo, 'contacts' | 'users'>,
): Promise<Odoo> {
	const { contacts, users } = initial;
	const requests: string[] = [];
	const rejected: string[] = [];
	const failing = new Set<string>();
	const models: Record<string, OdooRecord[]> = { 'res.partner': contacts, 'res.users': users };
	const handle = (request: express.Request<{ model: string; method: string }>): unknown => {
		if (request.get('authorization') !== `bearer ${ODOO_KEY}`)
			throw new OdooError(401, 'Invalid apikey');
		if (request.get('x-odoo-database') !== ODOO_DATABASE)
			throw new OdooError(404, 'No such database');
		const records = models[request.params.model];
		const run = METHODS[request.params.method];
		if (records === undefined || run === undefined)
			throw new OdooError(404, 'There is no such model, or no such method');
		return run(records, request.body);
	};
	const app = express();
	app.use(express.json());
	app.post('/json/2/:model/:method', (request, response) => {
		const name = `${request.params.model}/${request.params.method}`;
		try {
			if (failing.has(name)) throw new OdooError(503, 'Service unavailable');
			const result = handle(request);
			requests.push(name);
			response.json(result);
		} catch (error) {
			if (!(error instanceof OdooError)) throw error;
			rejected.push(`${name}: ${error.message}`);
			response.status(error.status).json({
				name: 'odoo.exceptions.UserError',
				message: error.message,
				arguments: [error.message],
				context: {},
			});
		}
	});
	const listener = await listen(createServer(app), port);
	return {
		url: listener.url,
		port: listener.port,
		contacts,
		users,
		requests,
		failing,
		rejected,
		close: listener.close,
	};
}
