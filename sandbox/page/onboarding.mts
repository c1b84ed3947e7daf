import express from 'express';
import { html, wholePage } from './html.mts';
import type { Router } from 'express';
import type { Sandbox } from '../sandbox.mts';
import type { Invitation } from '../state.mts';
import type { Markup } from './html.mts';

/** Whether the end user can still do something here. */
function isOpen({ state, runId }: Invitation, sandbox: Sandbox): boolean {
	const moved = runId !== null && sandbox.state.runs.get(runId)?.status !== 'RUNNING';
	return state === 'open' && !moved;
}

/** The end user is done: continues the execution, or starts a run. */
function finish(invitation: Invitation, { state, runs }: Sandbox): void {
	invitation.state = 'used';
	const { definition, subject, parameters, runId } = invitation;
	const waiting = runId === null ? undefined : state.runs.get(runId);
	const run = waiting ?? runs.start({ definition, kind: 'run', subject, parameters });
	invitation.runId = run.id;
	if (definition.endUserStep) runs.continueRun(run);
}

/** A page for the end user, without the dashboard. */
const linkPage = (title: string, content: Markup): string =>
	wholePage(
		title,
		null,
		html`<main class="alone">
			<h1>${title}</h1>
			${content}
		</main>`,
	);

const question = html`<p>
		Here the end user would be asked for documents and consent. In the sandbox one button stands for
		all of it.
	</p>
	<form method="post"><button>I have done my part</button></form>`;

/** The pages of the links that the API returns. Each works once. */
export function onboardingPages(sandbox: Sandbox): Router {
	const router = express.Router();
	router.use('/:token', ({ method, params: { token } }, response) => {
		const invitation = sandbox.state.invitations.get(token);
		if (invitation === undefined || !isOpen(invitation, sandbox)) {
			const [status, title] =
				invitation === undefined ? [404, 'No such link'] : [410, 'This link no longer works'];
			response
				.status(status)
				.type('html')
				.send(linkPage(title, html``));
		} else if (method === 'POST') {
			finish(invitation, sandbox);
			response.type('html').send(linkPage('Thank you', html`<p>That was all.</p>`));
		} else {
			response.type('html').send(linkPage(invitation.definition.name, question));
		}
	});
	return router;
}
