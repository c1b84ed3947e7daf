import express from 'express';
import { accountNamed } from '../api/access.mts';
import { addCase } from '../api/operations/cases.mts';
import { checkParameters } from '../api/parameters.mts';
import { startExecution } from '../api/operations/workflows.mts';
import { reset } from '../control/control.mts';
import { findDefinition } from '../definitions.mts';
import { settingsIn } from './behavior.mts';
import { faultInWords } from './fault-words.mts';
import { faultSettingsIn } from './faults.mts';
import { html, wholePage } from './html.mts';
import { caseName } from './cases.mts';
import type { ErrorRequestHandler, Router } from 'express';
import type { Sandbox } from '../sandbox.mts';
import type { Run, State } from '../state.mts';

/** An invalid form. The message contains the reason and what to do. */
class InvalidForm extends Error {}

/** Processes a form. Returns a sentence about what happened. Throws errors with readable messages. */
type Action = (form: URLSearchParams, sandbox: Sandbox, id: string) => string | Promise<string>;

function textIn(form: URLSearchParams, name: string): string {
	return form.get(name)?.trim() ?? '';
}

function runCalled(id: string, { runs }: State): Run {
	const run = runs.get(id);
	if (run === undefined) throw new InvalidForm(`There is no run ${id}.`);
	return run;
}

function addressIn(form: URLSearchParams, name: string, label: string): string | null {
	const address = textIn(form, name);
	if (address === '') return null;
	const isHttp = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
	if (isHttp && /^https?:\/\/[^/]/i.test(address)) return address;
	throw new InvalidForm(`The ${label} must start with http:// or https://, followed by a host.`);
}

const saveAddresses: Action = (form, { settings }) => {
	settings.change({
		webhookAddress: addressIn(form, 'address', 'Production URL'),
		...(form.has('testAddress')
			? { webhookTestAddress: addressIn(form, 'testAddress', 'Test URL') }
			: {}),
	});
	return 'Saved the webhook addresses.';
};

const createCase: Action = (form, { state }) => {
	const names = ['companyName', 'companyNumber', 'firstName', 'lastName', 'email'];
	const entries = names.map((name) => [name, textIn(form, name)] as const);
	const filled = entries.filter(([, text]) => text !== '');
	if (filled.length === 0) throw new InvalidForm('Fill in at least one field of the case.');
	return `Created the case "${caseName(addCase(Object.fromEntries(filled), state))}".`;
};

const run: Action = (form, sandbox) => {
	const definition = findDefinition(textIn(form, 'definition'));
	if (definition === undefined) throw new InvalidForm('There is no such workflow definition.');
	const caseId = textIn(form, 'caseId');
	if (caseId !== '' && !sandbox.state.cases.has(caseId))
		throw new InvalidForm('There is no such case.');
	const numbers = definition.requiredNumbers.map((name) => [
		name,
		Number(textIn(form, name) || NaN),
	]);
	const parameters = Object.fromEntries(numbers.filter(([, number]) => Number.isFinite(number)));
	checkParameters(definition, parameters);
	const start = { definition, parameters, subject: caseId === '' ? {} : { caseId } };
	if (!definition.endUserStep) sandbox.runs.start({ ...start, kind: 'run' });
	else startExecution({ ...start, locale: 'en' }, sandbox);
	return `Started ${definition.name}.`;
};

const setStatus: Action = (form, { state, runs }, id) => {
	const moved = runCalled(id, state);
	runs.setStatus(moved, textIn(form, 'status') || 'COMPLETED');
	return `${moved.definition.name} is ${moved.status} now.`;
};

const deliverAgain: Action = (form, { state, webhooks }, id) => {
	const deliveries = webhooks.deliver(runCalled(id, state), accountNamed(form.get('account')));
	if (deliveries.length === 0)
		throw new InvalidForm('No webhook address is set. Save one under Webhook addresses.');
	return deliveries.length === 1
		? 'Sending the webhook again.'
		: 'Sending the webhook to both addresses.';
};

const rotateKey: Action = async (form, { keys, otherKeys }) => {
	const account = accountNamed(form.get('account'));
	await (account === 'other' ? otherKeys : keys).rotate(form.has('retireOld'));
	return account === 'other'
		? 'Webhooks of the other account have a new signing key.'
		: 'Webhooks of this account have a new signing key.';
};

const addFault: Action = (form, { faults }) => faultInWords(faults.add(faultSettingsIn(form)));

const previewFault: Action = (form, { faults }) =>
	faultInWords(faults.check(faultSettingsIn(form)));

const cancelFault: Action = (_form, { faults }, number) => {
	if (!faults.cancel(Number(number))) throw new InvalidForm('That fault is no longer waiting.');
	return 'Removed the fault.';
};

const saveSettings: Action = (form, { settings }) => {
	settings.change(settingsIn(form));
	return 'Saved the behavior.';
};

const expireTokens: Action = (_form, { state }) => {
	state.accessTokens.clear();
	return 'All access tokens have expired.';
};

const startOver: Action = (_form, sandbox) => {
	reset(sandbox);
	return 'Sandbox reset.';
};

const ACTIONS: Readonly<Record<string, Action>> = {
	'/webhook': saveAddresses,
	'/case': createCase,
	'/run': run,
	'/runs/:id/status': setStatus,
	'/runs/:id/deliver': deliverAgain,
	'/rotate': rotateKey,
	'/faults': addFault,
	'/faults/preview': previewFault,
	'/faults/clear': (_form, { faults }) => {
		faults.clear();
		return 'Removed all faults.';
	},
	'/faults/:id/cancel': cancelFault,
	'/settings': saveSettings,
	'/tokens': expireTokens,
	'/reset': startOver,
};

const errorPage: ErrorRequestHandler = (error: unknown, request, response, _next) => {
	const message = error instanceof Error ? error.message : String(error);
	response.status(400);
	if (request.accepts(['html', 'json']) === 'json') response.json({ error: message });
	else {
		const body = html`<main>
			<h1>That did not work</h1>
			<p>${message}</p>
			<p><a href="/">Back</a></p>
		</main>`;
		response.type('html').send(wholePage('That did not work', null, body));
	}
};

/**
 * Processes the forms of the page. The page's script requests JSON and gets `{message}` or `{error}`. Without the
 * script, the browser is redirected to the page.
 */
export function pageActions(sandbox: Sandbox): Router {
	const router = express.Router();
	router.use(express.text({ type: () => true }));
	for (const [path, act] of Object.entries(ACTIONS)) {
		router.post(path, async (request, response) => {
			const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
			const id = String(request.params['id'] ?? '');
			const message = await act(form, sandbox, id);
			if (request.accepts(['html', 'json']) === 'json') response.json({ message });
			else response.redirect(303, '/');
		});
	}
	router.use(errorPage);
	return router;
}
