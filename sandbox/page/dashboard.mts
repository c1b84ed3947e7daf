import { SANDBOX_CREDENTIALS } from '../api/access.mts';
import { SAMPLE_TABLE } from '../definitions.mts';
import { addressesSection } from './addresses.mts';
import { behaviorSection } from './behavior.mts';
import { definitionsSection } from './definitions.mts';
import { deliveriesSection } from './deliveries.mts';
import { happening } from './fault-words.mts';
import { faultsSection } from './faults.mts';
import { copyable, facts, html, jsonBlock, timeOf, wholePage } from './html.mts';
import { casesSection, runsSection } from './runs.mts';
import { badge, listSection, section } from './section.mts';

import type { RememberedCall } from '../control/calls.mts';
import type { Sandbox } from '../context.mts';
import type { Markup } from './html.mts';
import type { ListSection, View } from './section.mts';

const LINKS = [
	['definitions', 'Definitions'],
	['cases', 'Cases'],
	['runs', 'Runs'],
	['deliveries', 'Deliveries'],
	['addresses', 'Webhook addresses'],
	['faults', 'Faults'],
	['behavior', 'Behavior'],
	['requests', 'Requests'],
] as const;

const HEADER = html`<a class="skip" href="#page">Skip to the content</a>
	<header class="bar">
		<h1>TransactionLink sandbox</h1>
		<div class="notices">
			<div id="message" role="status"></div>
			<div id="error" role="alert"></div>
		</div>
		<p class="scripted live">
			<span id="connection" role="status">Connecting</span>
			<button type="button" id="pause" aria-pressed="false">Pause updates</button>
		</p>
	</header>
	<nav aria-label="Parts of this page">
		${LINKS.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}
	</nav>
	<div id="news" class="unseen" role="log" aria-live="polite"></div>`;

function connectSection(url: string): Markup {
	const { apiKey, apiSecret, organizationToken } = SANDBOX_CREDENTIALS;
	const entries = facts([
		['Base URL', copyable(url, 'the base URL')],
		['Organization token', copyable(organizationToken, 'the organization token')],
		['API key', copyable(apiKey, 'the API key')],
		['API secret', copyable(apiSecret, 'the API secret')],
		[`Table "${SAMPLE_TABLE.name}"`, copyable(SAMPLE_TABLE.id, 'the table ID')],
	]);
	return section('connect', 'For the credential in n8n', entries);
}

function statusOf({ status, durationMs }: RememberedCall): Markup {
	if (durationMs === null) return badge('in progress', 'busy');
	if (status === null) return badge('cut', 'bad');
	return badge(String(status), status < 300 ? 'good' : status < 400 ? 'waiting' : 'bad');
}

function requestRow(call: RememberedCall): Markup {
	const { number, at, method, path, operationId, generation, authorization, body, fault } = call;
	return html`<details id="request-${number}">
		<summary>
			<span class="name">${method} ${path}</span> ${statusOf(call)}
			${fault === null ? null : badge(`fault: ${fault}`, 'waiting')} ${timeOf(at)}
		</summary>
		${facts([
			['What it is', operationId === null ? 'unknown to the API' : `the ${happening(operationId)}`],
			['Version', generation],
			['Credentials', authorization],
			['Took', call.durationMs === null ? null : `${call.durationMs} ms`],
		])}
		${body === undefined ? null : jsonBlock('Body, without secrets', body)}
	</details>`;
}

function requestsSection({ calls }: Sandbox, view: View): Markup {
	const requests: ListSection<RememberedCall> = {
		id: 'requests',
		title: 'Requests',
		entries: calls.all(),
		idOf: ({ number }) => `request-${number}`,
		row: requestRow,
		none: 'None so far.',
		isFolded: true,
	};
	return listSection(requests, view);
}

const FOOTER = html`<footer>
	<p>
		Everything is in memory and gone when the sandbox ends. Programs find the same below
		<code>/_sandbox/</code>.
	</p>
	<details class="form" id="reset">
		<summary>Start over</summary>
		<form method="post" action="/_sandbox/forms/reset" id="reset-form">
			<button class="danger">Forget all cases, runs, deliveries, faults and settings</button>
		</form>
	</details>
</footer>`;

/** The page that shows and controls the sandbox. `version`: of its content. Returns HTML text. */
export function dashboard(sandbox: Sandbox, version: string, view: View): string {
	const body = html`${HEADER}
		<main id="page" tabindex="-1" data-version="${version}">
			<div class="column">
				${definitionsSection(sandbox)} ${casesSection(sandbox, view)} ${runsSection(sandbox, view)}
				${deliveriesSection(sandbox, view)}
			</div>
			<div class="column">
				${connectSection(sandbox.url)} ${addressesSection(sandbox)} ${faultsSection(sandbox)}
				${behaviorSection(sandbox)} ${requestsSection(sandbox, view)}
			</div>
		</main>
		${FOOTER}`;
	const script = html`<script type="module" src="/_sandbox/page/script.js"></script>`;
	return wholePage('TransactionLink sandbox', script, body);
}
