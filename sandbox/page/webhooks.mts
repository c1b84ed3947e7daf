import { facts, html, options, textBlock, timeOf } from './html.mts';
import { badge, list, newest, section } from './section.mts';
import type { Sandbox } from '../context.mts';
import type { Attempt } from '../webhooks/attempt.mts';
import type { Delivery } from '../webhooks/webhooks.mts';
import type { Choice, Markup } from './html.mts';

const ACCOUNT_CHOICES: readonly Choice[] = [
	['main', 'this account'],
	['other', 'another account'],
];

function addressForm({
	webhookAddress,
	webhookTestAddress,
}: Sandbox['settings']['current']): Markup {
	return html`<form method="post" action="/_sandbox/forms/webhook" id="addresses-form">
		<div class="fields wide">
			<label
				>Production URL
				<input name="address" value="${webhookAddress}" inputmode="url" autocomplete="off" />
			</label>
			<label
				>Test URL
				<input
					name="testAddress"
					value="${webhookTestAddress}"
					inputmode="url"
					autocomplete="off"
					aria-describedby="test-url-hint"
				/>
			</label>
		</div>
		<p class="muted" id="test-url-hint">
			Every webhook goes to both. To try a trigger in n8n, paste its Test URL here, press
			<em>Execute step</em> in its panel, then run a definition. While n8n doesn't listen, it
			responds 404 there.
		</p>
		<button>Save addresses</button>
	</form>`;
}

function attemptWords({ status, error }: Attempt): string {
	return status === null ? `no response: ${error ?? 'unknown'}` : `response ${status}`;
}

function outcome({ purpose, state, attempts }: Delivery): string {
	const last = attempts.at(-1);
	if (last === undefined) return state === 'pending' ? 'on its way' : 'not sent';
	const words = attemptWords(last);
	if (purpose === 'test' && last.status === 404)
		return `${words}: n8n isn't listening for a test event`;
	return attempts.length === 1 ? words : `${words} at attempt ${attempts.length}`;
}

function attemptRow(attempt: Attempt, index: number): Markup {
	return html`<tr>
		<td>${index + 1}</td>
		<td>${timeOf(attempt.at)}</td>
		<td>${attemptWords(attempt)}</td>
		<td>${attempt.durationMs} ms</td>
	</tr>`;
}

function attemptTable(attempts: readonly Attempt[]): Markup {
	return html`<table>
		<thead>
			<tr>
				<th scope="col">Attempt</th>
				<th scope="col">Time</th>
				<th scope="col">Result</th>
				<th scope="col">Took</th>
			</tr>
		</thead>
		<tbody>
			${attempts.map(attemptRow)}
		</tbody>
	</table>`;
}

function deliveryRow(delivery: Delivery, sandbox: Sandbox): Markup {
	const { id, runId, event, purpose, address, headers, body, state, attempts, createdAt } =
		delivery;
	const name = sandbox.state.runs.get(runId)?.definition.name ?? 'a run';
	const sent = Object.entries(headers).map(([header, value]) => `${header}: ${value}`);
	return html`<details id="delivery-${id}">
		<summary>
			<span class="name">${event}</span> ${badge(state)} ${badge(purpose, 'plain')}
			<span class="muted">${name}, ${outcome(delivery)}</span> ${timeOf(createdAt)}
		</summary>
		${facts([
			['Sent to', html`<code>${address}</code>`],
			['Run', html`<a href="#run-${encodeURIComponent(runId)}">${name}</a> <code>${runId}</code>`],
		])}
		${attempts.length === 0 ? null : attemptTable(attempts)}
		${textBlock('Headers', sent.join('\n'))} ${textBlock('Body, exactly as sent', body)}
	</details>`;
}

function keyForm({ keys }: Sandbox): Markup {
	return html`<details class="form" id="keys">
		<summary>Signing keys</summary>
		<p>Webhooks are signed with the key <code>${keys.current.kid}</code>.</p>
		<form method="post" action="/_sandbox/forms/rotate" id="rotate">
			<label
				>New signing key of
				<select name="account">
					${options(ACCOUNT_CHOICES)}
				</select>
			</label>
			<label class="check">
				<input type="checkbox" name="retireOld" value="yes" /> stop publishing the old keys
			</label>
			<button>Rotate key</button>
		</form>
	</details>`;
}

/** The two webhook addresses, and the signing keys. */
export function addressesSection(sandbox: Sandbox): Markup {
	const body = html`${addressForm(sandbox.settings.current)} ${keyForm(sandbox)}`;
	return section('addresses', 'Webhook addresses', null, body);
}

/** The newest deliveries, each with its attempts, headers and body. */
export function deliveriesSection(sandbox: Sandbox): Markup {
	const { deliveries } = sandbox.webhooks;
	const rows = newest(deliveries).map((delivery) => deliveryRow(delivery, sandbox));
	const none =
		'None so far. A webhook is sent when the status of a run changes and an address is set.';
	return section('deliveries', 'Deliveries', deliveries.length, list(rows, none));
}
