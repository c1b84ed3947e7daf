import { happening } from './fault-words.mts';
import { facts, html, jsonBlock, timeOf } from './html.mts';
import { badge, listSection } from './section.mts';
import type { RememberedCall } from '../control/request-log.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Markup } from './html.mts';
import type { ListSection, View } from './section.mts';

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

/** The newest requests to the API, each with its body and its fault. */
export function requestsSection({ calls }: Sandbox, view: View): Markup {
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
