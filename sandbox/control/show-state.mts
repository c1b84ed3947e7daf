import type { Router } from 'express';
import type { Sandbox } from '../sandbox.mts';
import type { Attachment, Invitation, Run } from '../state.mts';

/** A run for display: its definition by ID and name. */
function showRun({ definition, ...run }: Run): Record<string, unknown> {
	return { ...run, workflowDefinitionId: definition.id, workflowReference: definition.name };
}

function showInvitation({ definition, ...invitation }: Invitation): Record<string, unknown> {
	return { ...invitation, workflowDefinitionId: definition.id };
}

/** An attachment for display: its content by size. */
function showAttachment({ content, ...attachment }: Attachment): Record<string, unknown> {
	return { ...attachment, size: content.length };
}

/** The number of valid access tokens. */
function goodTokens(accessTokens: ReadonlyMap<string, number>): number {
	const now = Date.now();
	return [...accessTokens.values()].filter((expiresAt) => expiresAt > now).length;
}

/** The read-only part of the control interface. */
export function showState(
	router: Router,
	{ state, requestLog, webhooks, downloads }: Sandbox,
): void {
	const views: Record<string, () => unknown> = {
		cases: () => [...state.cases.values()],
		'parameter-sets': () => [...state.parameterSets.values()],
		runs: () => [...state.runs.values()].map(showRun),
		records: () => [...state.records.values()],
		attachments: () => [...state.attachments.values()].map(showAttachment),
		links: () => [...state.invitations.values()].map(showInvitation),
		files: () => [...state.files.values()],
		downloads: () => downloads.requests,
		tokens: () => ({
			accessTokens: goodTokens(state.accessTokens),
			refreshTokens: state.refreshTokens.size,
		}),
		exchanges: () => ({
			count: state.exchanges.authorize + state.exchanges.refresh,
			...state.exchanges,
		}),
	};
	for (const [name, view] of Object.entries(views)) {
		router.get(`/${name}`, (_request, response) => void response.json(view()));
	}
	router.get('/calls', ({ query: { operationId } }, response) => {
		response.json(
			requestLog
				.all()
				.filter((request) => operationId === undefined || request.operationId === operationId),
		);
	});
	router.get('/deliveries', ({ query: { runId } }, response) => {
		response.json(
			webhooks.deliveries.filter((delivery) => runId === undefined || delivery.runId === runId),
		);
	});
}
