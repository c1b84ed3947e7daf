import express from 'express';
import { accountNamed } from '../api/access.mts';
import { isObject, textOf } from '../api/fields.mts';
import { InvalidSettings } from '../settings.mts';
import { signDetached } from '../webhooks/signing.mts';
import { InvalidFault } from './faults.mts';
import { showState } from './show-state.mts';
import { SAMPLE_DEFINITIONS } from '../definitions.mts';
import type { ErrorRequestHandler, Router } from 'express';
import type { Sandbox } from '../sandbox.mts';

/** Resets everything except the signing keys. */
export function reset(sandbox: Sandbox): void {
	sandbox.runs.stopAll();
	sandbox.webhooks.reset();
	sandbox.downloads.reset();
	sandbox.state.clear();
	sandbox.requestLog.clear();
	sandbox.faults.clear();
	sandbox.settings.reset();
}

const errorHandler: ErrorRequestHandler = (error, _request, response, next) => {
	if (response.headersSent) {
		next(error);
		return;
	}
	const understood =
		error instanceof InvalidSettings ||
		error instanceof InvalidFault ||
		error instanceof SyntaxError;
	if (!understood) console.error(error);
	response
		.status(understood ? 400 : 500)
		.json({ error: error instanceof Error ? error.message : String(error) });
};

function settingsRoutes(router: Router, { settings }: Sandbox): void {
	router.get('/settings', (_request, response) => void response.json(settings.current));
	router.patch('/settings', (request, response) => {
		settings.change(request.body);
		response.json(settings.current);
	});
	router.put('/webhook', (request, response) => {
		const { address, testAddress } = isObject(request.body) ? request.body : {};
		settings.change({
			...(address === undefined ? {} : { webhookAddress: address }),
			...(testAddress === undefined ? {} : { webhookTestAddress: testAddress }),
		});
		const { webhookAddress, webhookTestAddress } = settings.current;
		response.json({ address: webhookAddress, testAddress: webhookTestAddress });
	});
}

/** The part of the control interface that changes runs and repeats their webhooks. */
function runRoutes(router: Router, { state, runs, webhooks }: Sandbox): void {
	router.post('/runs', (request, response) => {
		const id = textOf(request.body, 'id');
		const [definition] = SAMPLE_DEFINITIONS;
		if (id === undefined || id === '' || definition === undefined) {
			response.status(400).json({ error: 'id is missing.' });
			return;
		}
		const now = new Date().toISOString();
		const status = textOf(request.body, 'status') ?? 'RUNNING';
		state.runs.set(id, {
			...{ id, definition, kind: 'run', subject: {}, partyId: id, parameters: {}, status },
			...{ createdAt: now, changedAt: now },
		});
		response.status(201).json({ id, status });
	});
	router.post('/runs/:id/status', (request, response) => {
		const run = state.runs.get(request.params.id);
		const status = textOf(request.body, 'status');
		if (run === undefined)
			response.status(404).json({ error: `There is no run ${request.params.id}.` });
		else if (status === undefined || status === '')
			response.status(400).json({ error: 'status is missing.' });
		else {
			runs.setStatus(run, status);
			response.json({ id: run.id, status: run.status });
		}
	});
	router.post('/runs/:id/deliver', (request, response) => {
		const run = state.runs.get(request.params.id);
		if (run === undefined) {
			response.status(404).json({ error: `There is no run ${request.params.id}.` });
			return;
		}
		const [delivery] = webhooks.deliver(run, accountNamed(textOf(request.body, 'account')));
		if (delivery === undefined) response.status(409).json({ error: 'No webhook address is set.' });
		else response.status(202).json(delivery);
	});
}

function faultRoutes(router: Router, { faults }: Sandbox): void {
	router.get('/faults', (_request, response) => void response.json(faults.all()));
	router.post(
		'/faults',
		(request, response) => void response.status(201).json(faults.add(request.body)),
	);
	router.delete('/faults', (_request, response) => {
		faults.clear();
		response.json([]);
	});
}

function keyRoutes(router: Router, { keys, otherKeys, settings, state }: Sandbox): void {
	const keysFor = (body: unknown) =>
		accountNamed(textOf(body, 'account')) === 'other' ? otherKeys : keys;
	router.get(
		'/keys',
		(_request, response) => void response.json({ current: keys.current.kid, served: keys.kids }),
	);
	router.post('/keys/rotate', async (request, response) => {
		const body: unknown = request.body;
		const { kid } = await keysFor(body).rotate(isObject(body) && body['retireOld'] === true);
		response.json({ kid });
	});
	router.post('/tokens/revoke', (_request, response) => {
		const revoked = state.accessTokens.size;
		state.accessTokens.clear();
		response.json({ revoked });
	});
	router.post('/sign', async (request, response) => {
		const body: unknown = request.body;
		if (!isObject(body) || typeof body['body'] !== 'string') {
			response.status(400).json({ error: 'body is missing: the text to sign.' });
			return;
		}
		const signature = await signDetached(
			Buffer.from(body['body'], body['encoding'] === 'base64' ? 'base64' : 'utf8'),
			keysFor(body).current,
			settings.current.unencodedPayload,
		);
		response.json({ signature, kid: keysFor(body).current.kid });
	});
}

/**
 * The control interface, with which tests and users inspect and control the sandbox. JSON in and out; no credentials,
 * no faults, no delay. Invalid requests get a 4xx and `{error}`.
 *
 *     GET    settings                                    PATCH  settings  {any of them}
 *     PUT    webhook         {address?, testAddress?}: texts, or null for none
 *     GET    calls           ?operationId= to filter     GET    cases  parameter-sets  runs  records  attachments
 *     GET    deliveries      ?runId= to filter           GET    links  files  downloads  keys
 *     GET    tokens          {accessTokens, refreshTokens}: how many are valid
 *     GET    exchanges       {count, authorize, refresh}: how many access tokens were issued
 *     POST   runs            {id, status?}: a run with this ID and a fixed status
 *     POST   runs/{id}/status   {status}                 POST   runs/{id}/deliver  {account?}
 *     POST   keys/rotate     {retireOld?, account?}      POST   tokens/revoke
 *     POST   sign            {body, encoding?: "base64", account?: "other"}
 *                                                     → {signature, kid}
 *     GET    faults                                      DELETE faults
 *     POST   faults          {operationId | "*", kind, effect?, status?, headers?, body?, delayMs?, location?,
 *                             shape?, times?, every?}
 *     POST   reset
 */
export function controlInterface(sandbox: Sandbox): Router {
	const router = express.Router();
	router.use(express.json({ limit: '50mb', type: () => true }));
	settingsRoutes(router, sandbox);
	showState(router, sandbox);
	runRoutes(router, sandbox);
	faultRoutes(router, sandbox);
	keyRoutes(router, sandbox);
	router.post('/reset', (_request, response) => {
		reset(sandbox);
		response.json({ reset: true });
	});
	router.use((request, response) => {
		response.status(404).json({ error: `There is no ${request.method} ${request.originalUrl}.` });
	});
	router.use(errorHandler);
	return router;
}
