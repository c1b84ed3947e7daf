import { STATUS_CODES } from 'node:http';
import { SHOWN_CHARACTERS } from '../webhooks/attempt.mts';
import { copyable, facts, html, textBlock, timeOf } from './html.mts';
import { badge, listSection } from './section.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Attempt } from '../webhooks/attempt.mts';
import type { Delivery } from '../webhooks/webhooks.mts';
import type { Markup } from './html.mts';
import type { ListSection, View } from './section.mts';

/** n8n's response at an address on which it does not listen. */
const NOT_REGISTERED = /The requested webhook .*is not registered/;

/** Whether n8n does not listen at the Test URL, which is normal until its user presses "Execute step". */
function isNotListening({ purpose, attempts }: Delivery): boolean {
	const last = attempts.at(-1);
	return purpose === 'test' && last?.status === 404 && NOT_REGISTERED.test(last.body ?? '');
}

function attemptWords({ status, error }: Attempt): string {
	if (status === null) return `no response: ${error ?? 'unknown'}`;
	return ['response', status, STATUS_CODES[status] ?? ''].join(' ').trim();
}

function outcome(delivery: Delivery): string {
	const { state, attempts } = delivery;
	const last = attempts.at(-1);
	if (last === undefined) return state === 'pending' ? 'on its way' : 'not sent';
	if (isNotListening(delivery)) return "n8n isn't listening for a test event";
	const words = attemptWords(last);
	return attempts.length === 1 ? words : `${words} at attempt ${attempts.length}`;
}

function responseBody({ status, body, isCut }: Attempt, number: number): Markup | null {
	if (status === null) return null;
	if (body === null || body === '') return html`<p class="muted">The response has no body.</p>`;
	const limit = SHOWN_CHARACTERS.toLocaleString('en-US');
	const extent = isCut ? `, the first ${limit} characters` : '';
	return textBlock(`Response to attempt ${number}${extent}`, body);
}

function attemptItem(attempt: Attempt, index: number): Markup {
	return html`<li>
		<p>
			Attempt ${index + 1}: <strong>${attemptWords(attempt)}</strong>
			<span class="muted">after ${attempt.durationMs} ms, at ${timeOf(attempt.at)}</span>
		</p>
		${responseBody(attempt, index + 1)}
	</li>`;
}

function deliveryRow(delivery: Delivery, sandbox: Sandbox): Markup {
	const { id, runId, event, purpose, address, headers, body, state, attempts, createdAt } =
		delivery;
	const name = sandbox.state.runs.get(runId)?.definition.name ?? 'a run';
	const sent = Object.entries(headers).map(([header, value]) => `${header}: ${value}`);
	return html`<details id="delivery-${id}">
		<summary>
			<span class="name">${event}</span> ${badge(
				isNotListening(delivery) ? 'not listening' : state,
			)}
			${badge(purpose, 'plain')} <span class="muted">${name}, ${outcome(delivery)}</span>
			${timeOf(createdAt)}
		</summary>
		${facts([
			['Sent to', copyable(address, 'the address')],
			['Run', html`<a href="#run-${encodeURIComponent(runId)}">${name}</a> <code>${runId}</code>`],
		])}
		${attempts.length === 0
			? null
			: html`<ol class="rows attempts">
					${attempts.map(attemptItem)}
				</ol>`}
		${textBlock('Headers', sent.join('\n'))} ${textBlock('Body, exactly as sent', body)}
	</details>`;
}

/** The newest deliveries, each with its attempts, their responses, its headers and body. */
export function deliveriesSection(sandbox: Sandbox, view: View): Markup {
	const deliveries: ListSection<Delivery> = {
		id: 'deliveries',
		title: 'Deliveries',
		entries: sandbox.webhooks.deliveries,
		idOf: ({ id }) => `delivery-${id}`,
		row: (delivery) => deliveryRow(delivery, sandbox),
		none: 'None so far. A webhook is sent when the status of a run changes and an address is set.',
	};
	return listSection(deliveries, view);
}
