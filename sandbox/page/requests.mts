import { operationInWords } from './fault-words.mts';
import { facts, html, jsonBlock, timeOf } from './html.mts';
import { badge, listSection } from './section.mts';
import type { LoggedRequest } from '../control/request-log.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Markup } from './html.mts';
import type { ListSection, View } from './section.mts';

function statusOf({ status, durationMs }: LoggedRequest): Markup {
	if (durationMs === null) return badge('in progress', 'busy');
	if (status === null) return badge('cut', 'bad');
	return badge(String(status), status < 300 ? 'good' : status < 400 ? 'waiting' : 'bad');
}

function requestRow(request: LoggedRequest): Markup {
	const { number, at, method, path, operationId, apiVersion, authorization, body, fault } = request;
	return html`<details id="request-${number}">
		<summary>
			<span class="name">${method} ${path}</span> ${statusOf(request)}
			${fault === null ? null : badge(`fault: ${fault}`, 'waiting')} ${timeOf(at)}
		</summary>
		${facts([
			[
				'What it is',
				operationId === null ? 'unknown to the API' : `the ${operationInWords(operationId)}`,
			],
			['Version', apiVersion],
			['Credentials', authorization],
			['Took', request.durationMs === null ? null : `${request.durationMs} ms`],
		])}
		${body === undefined ? null : jsonBlock('Body, without secrets', body)}
	</details>`;
}

/** The newest requests to the API, each with its body and its fault. */
export function requestsSection({ requestLog }: Sandbox, view: View): Markup {
	const requests: ListSection<LoggedRequest> = {
		id: 'requests',
		title: 'Requests',
		entries: requestLog.all(),
		idOf: ({ number }) => `request-${number}`,
		row: requestRow,
		none: 'None so far.',
		isFolded: true,
	};
	return listSection(requests, view);
}
