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
		{ type: 'array', minItems: 3, items: [{ type: 'string' }, { const: '=' }, { type: ['string', 'boolean'], minLength: 1 }], additionalItems: false },
		{ type: 'array', minItems: 3, items: [{ const: 'id' }, { const: 'in' }, ids], additionalItems: false },
	],
};
const closed = (properties: Record<string, object>, required = Object.keys(properties)) => ({ type: 'object', additionalProperties: false, required, properties });

const ajv = new Ajv({ strict: false });
const shapes = {
	search_read: ajv.compile<Call>(closed({ domain: { type: 'array', minItems: 1, items: condition }, fields: { type: 'array', items: { type: 'string' } }, offset: { const: 0 }, limit: { const: 1 } })),
	create: ajv.compile<Call>(closed({ vals_list: { type: 'array', minItems: 1, maxItems: 1, items: closed(CONTACT_FIELDS, ['name']) } })),
	write: ajv.compile<Call>(closed({ ids, vals: { ...closed(CONTACT_FIELDS, []), minProperties: 1 } })),
};

interface Call {
	domain: [string, string, unknown][];
	fields: string[];
	limit: number;
	vals_list: Record<string, unknown>[];
	ids: number[];
	vals: Record<string, unknown>;
}

const unset = { name: false, is_company: false, company_registry: false, ref: false, comment: false, user_id: false, parent_id: false };

function meets(record: OdooRecord, [field, operator, value]: Call['domain'][number]): boolean {
	if (!(field in record)) throw new Error(`Invalid field ${field} in condition`);
	return operator === 'in' ? Array.isArray(value) && value.includes(record[field]) : record[field] === value;
}

function carryOut(records: OdooRecord[], method: keyof typeof shapes, call: Call): unknown {
	if (method === 'search_read') {
		const found = records.filter((record) => call.domain.every((one) => meets(record, one))).slice(0, call.limit);
		return found.map((record) => Object.fromEntries(['id', ...call.fields].map((field) => [field, record[field]])));
	}
	if (method === 'create') {
		return call.vals_list.map((values) => {
			const id = Math.max(0, ...records.map((record) => record.id)) + 1;
			records.push({ ...unset, ...values, id });
			return id;
		});
	}
	const targets = records.filter(({ id }) => call.ids.includes(id));
	if (targets.length !== call.ids.length) throw new Error('Record does not exist or has been deleted.');
	for (const target of targets) Object.assign(target, call.vals);
	return true;
}

function isMethod(name: string): name is keyof typeof shapes {
	return name in shapes;
}

/**
 * Starts it on 127.0.0.1. It speaks Odoo's JSON-2 (`POST /json/2/<model>/<method>`, as Odoo 19's documentation
 * describes it and n8n's Odoo node sends it), and refuses a wrong key, another database, and whatever it does not
 * know.
 *
 * @param port 0 for any free one
 * @param kept what it knows already, e.g. what an earlier one held
 */
export async function startOdoo(port: number, kept: Pick<Odoo, 'contacts' | 'users'>): Promise<Odoo> {
	const { contacts, users } = kept;
	const calls: string[] = [];
	const refused: string[] = [];
	const app = express();
	app.use(express.json());
	app.post('/json/2/:model/:method', (request, response) => {
		const { model, method } = request.params;
		const refuse = (status: number, message: string) => {
			refused.push(`${model}/${method}: ${message}`);
			response.status(status).json({ name: 'odoo.exceptions.UserError', message, arguments: [message], context: {} });
		};
		if (request.get('authorization') !== `bearer ${ODOO_KEY}`) { refuse(401, 'Invalid apikey'); return; }
		if (request.get('x-odoo-database') !== ODOO_DATABASE) { refuse(404, 'No such database'); return; }
		const records = { 'res.partner': contacts, 'res.users': users }[model];
		if (records === undefined || !isMethod(method)) { refuse(404, `The method ${method} of ${model} is not here`); return; }
		const body: unknown = request.body;
		if (!shapes[method](body)) { refuse(422, `${ajv.errorsText(shapes[method].errors)}: ${JSON.stringify(body)}`); return; }
		try {
			response.json(carryOut(records, method, body));
			calls.push(`${model}/${method}`);
		} catch (error) {
			refuse(422, String(error));
		}
	});
	const listener = await listen(createServer(app), port);
	return { url: listener.url, port: listener.port, contacts, users, calls, refused, close: listener.close };
}
