import { createServer } from 'node:http';
import { Ajv } from 'ajv';
import express from 'express';
import { listen } from '../../sandbox/listen.mts';

/** A record as Odoo keeps it; what is not set is `false`, and a link to another record is its ID and its name. */
export type OdooRecord = Record<string, unknown> & { id: number };

/** A stand-in for an Odoo 19, as far as contacts and users go. */
export interface Odoo {
	url: string;
	port: number;
	/** `res.partner`: people and companies. */
	contacts: OdooRecord[];
	/** `res.users`: those who sign in to it. */
	users: OdooRecord[];
	/** The calls that were answered well, oldest first, as "model/method". */
	calls: string[];
	/** The calls that are answered with trouble, as "model/method", for as long as they stand here. */
	troubled: Set<string>;
	/** The calls that were refused, each with the reason. */
	refused: string[];
	close(): Promise<void>;
}

/** What it accepts. */
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

/** Why a call is not answered well. */
class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

const ajv = new Ajv({ strict: false });

/** A method of every model: the shape of what it is called with, and what it does with the model's records. */
function method<Call>(shape: object, carryOut: (records: OdooRecord[], call: Call) => unknown) {
	const fits = ajv.compile<Call>(shape);
	return (records: OdooRecord[], body: unknown): unknown => {
		if (!fits(body))
			throw new Refusal(422, `${ajv.errorsText(fits.errors)}: ${JSON.stringify(body)}`);
		return carryOut(records, body);
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
	if (!(field in record)) throw new Refusal(422, `Invalid field ${field}`);
	return record[field];
}

type Condition = [field: string, operator: string, value: unknown];

function meets(record: OdooRecord, [field, operator, value]: Condition): boolean {
	const held = valueOf(record, field);
	return operator === 'in' ? Array.isArray(value) && value.includes(held) : held === value;
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
				.filter((record) => domain.every((one) => meets(record, one)))
				.slice(0, limit);
			return found.map((record) =>
				Object.fromEntries(['id', ...fields].map((field) => [field, valueOf(record, field)])),
			);
		},
	),
	create: method<{ vals_list: Record<string, unknown>[] }>(
		closed({ vals_list: { type: 'array', minItems: 1, items: closed(CONTACT_FIELDS, ['name']) } }),
		(records, call) =>
			call.vals_list.map((values) => {
				const id = Math.max(0, ...records.map((record) => record.id)) + 1;
				records.push({ ...UNSET, ...values, id });
				return id;
			}),
	),
	write: method<{ ids: number[]; vals: Record<string, unknown> }>(
		closed({ ids, vals: { ...closed(CONTACT_FIELDS, []), minProperties: 1 } }),
		(records, call) => {
			const targets = records.filter(({ id }) => call.ids.includes(id));
			if (targets.length !== call.ids.length)
				throw new Refusal(404, 'Record does not exist or has been deleted.');
			for (const target of targets) Object.assign(target, call.vals);
			return true;
		},
	),
};

/**
 * Starts it on 127.0.0.1. It speaks Odoo's JSON-2 (`POST /json/2/<model>/<method>`, as Odoo 19's documentation
 * describes it and n8n's Odoo node sends it), and refuses a wrong key, another database, and whatever it does not
 * know.
 *
 * @param port 0 for any free one
 * @param kept what it knows already, e.g. what an earlier one held
 */
export async function startOdoo(
	port: number,
	kept: Pick<Odoo, 'contacts' | 'users'>,
): Promise<Odoo> {
	const { contacts, users } = kept;
	const calls: string[] = [];
	const refused: string[] = [];
	const troubled = new Set<string>();
	const models: Record<string, OdooRecord[]> = { 'res.partner': contacts, 'res.users': users };
	const answer = (request: express.Request<{ model: string; method: string }>): unknown => {
		if (request.get('authorization') !== `bearer ${ODOO_KEY}`)
			throw new Refusal(401, 'Invalid apikey');
		if (request.get('x-odoo-database') !== ODOO_DATABASE)
			throw new Refusal(404, 'No such database');
		const records = models[request.params.model];
		const carryOut = METHODS[request.params.method];
		if (records === undefined || carryOut === undefined)
			throw new Refusal(404, 'There is no such model, or no such method');
		return carryOut(records, request.body);
	};
	const app = express();
	app.use(express.json());
	app.post('/json/2/:model/:method', (request, response) => {
		const call = `${request.params.model}/${request.params.method}`;
		try {
			if (troubled.has(call)) throw new Refusal(503, 'Out of order');
			const answered = answer(request);
			calls.push(call);
			response.json(answered);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			refused.push(`${call}: ${error.message}`);
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
		calls,
		troubled,
		refused,
		close: listener.close,
	};
}
