import { textOf } from '../api/fields.mts';
import { SAMPLE_DEFINITIONS } from '../definitions.mts';
import type { Router } from 'express';
import type { Sandbox } from '../context.mts';

/** The part of the control interface that moves runs and sends their webhooks again. */
export function steerRuns(router: Router, { state, runs, webhooks }: Sandbox): void {
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
			runs.hold(run, status);
			response.json({ id: run.id, status: run.status });
		}
	});
	router.post('/runs/:id/deliver', (request, response) => {
		const run = state.runs.get(request.params.id);
		const delivery = run === undefined ? undefined : webhooks.announce(run);
		if (delivery === undefined)
			response.status(404).json({ error: `There is no run ${request.params.id}.` });
		else if (delivery === null) response.status(409).json({ error: 'No webhook address is set.' });
		else response.status(202).json(delivery);
	});
}
