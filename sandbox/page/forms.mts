import express from 'express';
import { textOf } from '../api/fields.mts';
import { html, wholePage } from './html.mts';
import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import type { Sandbox } from '../context.mts';

/** A button that was pressed on something that is not there any more, in words for a person. */
class NothingThere extends Error {}

/** Does what a form asks for, then shows the page again. */
function thenShowPage(
	act: (body: unknown, parameters: Record<string, string>) => unknown,
): RequestHandler<Record<string, string>> {
	return async (request, response) => {
		await act(request.body, request.params);
		response.redirect(303, '/');
	};
}

const tellPerson: ErrorRequestHandler = (failure: unknown, _request, response, _next) => {
	const reason = failure instanceof Error ? failure.message : String(failure);
	const body = html`<h1>That did not work</h1>
		<p>${reason}</p>
		<p><a href="/">Back</a></p>`;
	response
		.status(400)
		.type('html')
		.send(wholePage('That did not work', null, body));
};

/** What the buttons of the page do: the same as the control interface, told by plain HTML forms. */
export function pageForms({ settings, keys, state, runs, webhooks, faults }: Sandbox): Router {
	const router = express.Router();
	router.use(express.urlencoded({ extended: false }));
	const runCalled = (id = '') => {
		const run = state.runs.get(id);
		if (run === undefined) throw new NothingThere(`There is no run ${id}.`);
		return run;
	};
	router.post(
		'/webhook',
		thenShowPage((body) =>
			settings.change({ webhookAddress: textOf(body, 'address')?.trim() || null }),
		),
	);
	router.post(
		'/rotate',
		thenShowPage(() => keys.rotate(false)),
	);
	router.post(
		'/runs/:id/status',
		thenShowPage((body, { id }) => runs.hold(runCalled(id), textOf(body, 'status') || 'COMPLETED')),
	);
	router.post(
		'/runs/:id/deliver',
		thenShowPage((_body, { id }) => {
			if (webhooks.announce(runCalled(id)).length === 0)
				throw new NothingThere('No webhook address is set.');
		}),
	);
	router.post(
		'/faults',
		thenShowPage((body) => {
			const [operationId, kind, effect] = ['operationId', 'kind', 'effect'].map((name) =>
				textOf(body, name),
			);
			faults.order({ operationId, kind, effect, times: Number(textOf(body, 'times') ?? 1) });
		}),
	);
	router.post(
		'/faults/clear',
		thenShowPage(() => faults.clear()),
	);
	router.use(tellPerson);
	return router;
}
