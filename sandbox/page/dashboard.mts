import { SANDBOX_CREDENTIALS } from '../api/access.mts';
import { SAMPLE_TABLE } from '../definitions.mts';
import { addressesSection } from './addresses.mts';
import { behaviorSection } from './behavior.mts';
import { casesSection } from './cases.mts';
import { definitionsSection } from './definitions.mts';
import { deliveriesSection } from './deliveries.mts';
import { faultsSection } from './faults.mts';
import { copyable, facts, html, wholePage } from './html.mts';
import { requestsSection } from './requests.mts';
import { runsSection } from './runs.mts';
import { section } from './section.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Markup } from './html.mts';
import type { View } from './section.mts';

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
