import { SANDBOX_CREDENTIALS } from '../api/access.mts';
import { SAMPLE_DEFINITIONS, SAMPLE_TABLE } from '../definitions.mts';
import { FAULT_KINDS } from '../control/faults.mts';
import { choice, html, table, wholePage } from './html.mts';
import type { Sandbox } from '../context.mts';
import type { RememberedCall } from '../control/calls.mts';
import type { Run } from '../state.mts';
import type { Delivery } from '../webhooks/webhooks.mts';
import type { Markup } from './html.mts';

/** How many entries of each kind are shown; the control interface has them all. */
const SHOWN = 20;

/** Statuses that a person can move a run to with a click. */
const STATUSES = ['COMPLETED', 'AWAITING', 'FAILED', 'CANCELLED', 'RUNNING'];

const REFRESH_SECONDS = 5;

function newest<Entry>(entries: Iterable<Entry>): Entry[] {
	return [...entries].slice(-SHOWN).reverse();
}

/** The time of day of an ISO 8601 date, in UTC. */
function timeOf(date: string): string {
	return date.slice(11, 19);
}

function credentialsSection(url: string): Markup {
	const { apiKey, apiSecret, organizationToken } = SANDBOX_CREDENTIALS;
	const rows = [
		['Base URL', html`<code>${url}</code>`],
		['API key and secret', html`<code>${apiKey}</code> <code>${apiSecret}</code>`],
		['Organization token', html`<code>${organizationToken}</code>`],
		[`Table "${SAMPLE_TABLE.name}"`, html`<code>${SAMPLE_TABLE.id}</code>`],
	];
	return html`<h2>What to use</h2>
		${table(['What', 'Value'], rows, '')}`;
}

function definitionsSection(): Markup {
	const rows = SAMPLE_DEFINITIONS.map(({ id, name, summary }) => [
		name,
		html`<code>${id}</code>`,
		summary,
	]);
	return html`<h2>Workflow definitions</h2>
		${table(['Name', 'ID', 'What it does'], rows, '')}`;
}

function webhookSection({ settings, keys }: Sandbox): Markup {
	return html`<h2>Webhooks</h2>
		<form method="post" action="/_sandbox/forms/webhook">
			<label
				>Address <input name="address" size="60" value="${settings.current.webhookAddress}"
			/></label>
			<button>Set</button>
		</form>
		<div>
			Signed with the key <code>${keys.current.kid}</code>
			<form method="post" action="/_sandbox/forms/rotate"><button>Rotate the key</button></form>
		</div>`;
}

function deliveriesSection(deliveries: readonly Delivery[]): Markup {
	const rows = newest(deliveries).map(({ createdAt, event, runId, state, attempts }) => [
		timeOf(createdAt),
		event,
		html`<code>${runId}</code>`,
		state,
		attempts.map(({ status, error }) => status ?? error).join(', '),
	]);
	return html`<h2>Deliveries</h2>
		${table(['Time', 'Event', 'Run', 'State', 'Answers'], rows, 'None so far.')}`;
}

function moveForm({ id }: Run): Markup {
	return html`<form method="post" action="/_sandbox/forms/runs/${id}/status">
			${choice('status', STATUSES)} <button>Move</button>
		</form>
		<form method="post" action="/_sandbox/forms/runs/${id}/deliver">
			<button>Send webhook again</button>
		</form>`;
}

function runsSection(runs: Iterable<Run>): Markup {
	const rows = newest(runs).map((run) => [
		timeOf(run.createdAt),
		run.definition.name,
		html`<code>${run.id}</code>`,
		run.link === undefined
			? run.status
			: html`${run.status} <a href="${run.link}">open its link</a>`,
		moveForm(run),
	]);
	return html`<h2>Runs</h2>
		${table(['Started', 'Definition', 'ID', 'Status', ''], rows, 'None so far.')}`;
}

function faultsSection({ faults, contract }: Sandbox): Markup {
	const rows = faults.all().map(({ operationId, kind, effect, times, struck }) => {
		return [operationId, kind, effect, times - struck];
	});
	return html`<h2>Faults</h2>
		${table(['Call', 'Fault', 'Effect', 'Still to come'], rows, 'No fault waits for a call.')}
		<form method="post" action="/_sandbox/forms/faults">
			${choice('operationId', ['*', ...contract.operations.keys()])} ${choice('kind', FAULT_KINDS)}
			${choice('effect', ['before', 'after'])}
			<label>times <input name="times" value="1" size="3" /></label> <button>Inject</button>
		</form>
		<form method="post" action="/_sandbox/forms/faults/clear"><button>Call all off</button></form>`;
}

function callsSection(calls: readonly RememberedCall[]): Markup {
	const rows = newest(calls).map(
		({ at, method, path, generation, authorization, status, fault }) => [
			timeOf(at),
			html`<code>${method} ${path}</code>`,
			generation,
			authorization,
			fault === null ? status : `${status ?? 'cut'} (fault: ${fault})`,
		],
	);
	return html`<h2>Calls</h2>
		${table(['Time', 'Call', 'Generation', 'Credentials', 'Answer'], rows, 'None so far.')}`;
}

/** The page on which a person watches and steers the sandbox. In: whether it renews itself. Out: HTML text. */
export function page(sandbox: Sandbox, renewing: boolean): string {
	const refresh = html`<meta http-equiv="refresh" content="${REFRESH_SECONDS}" />`;
	const renewal = renewing
		? html`This page renews itself every ${REFRESH_SECONDS} seconds (<a href="/?renew=no"
					>stop that</a
				>).`
		: html`This page stands still (<a href="/">renew it by itself</a>).`;
	const body = html`<h1>TransactionLink sandbox</h1>
		<p>
			Everything here is in memory and gone when it ends. ${sandbox.state.cases.size} cases,
			${sandbox.state.runs.size} runs. ${renewal} <code>/_sandbox/...</code> has the same for
			programs.
		</p>
		${credentialsSection(sandbox.url)} ${definitionsSection()} ${webhookSection(sandbox)}
		${deliveriesSection(sandbox.webhooks.deliveries)} ${runsSection(sandbox.state.runs.values())}
		${faultsSection(sandbox)} ${callsSection(sandbox.calls.all())}`;
	return wholePage('TransactionLink sandbox', renewing ? refresh : null, body);
}
