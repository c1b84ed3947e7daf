import type { Settings } from '../settings.mts';
import type { Run } from '../state.mts';

/** The events of a webhook. */
export type WebhookEvent = 'workflow.completed' | 'workflow.awaiting' | 'workflow.statusChanged';

/** The event for a status. */
export function eventOf(status: string): WebhookEvent {
	if (status === 'COMPLETED') return 'workflow.completed';
	if (status === 'AWAITING') return 'workflow.awaiting';
	return 'workflow.statusChanged';
}

/** The body of a webhook about a run. TransactionLink documents none of its fields, so there are several shapes. */
export function webhookBody(run: Run, shape: Settings['webhookShape']): Record<string, unknown> {
	const event = eventOf(run.status);
	if (shape === 'bare') return { executionId: run.id, referenceName: run.definition.name };
	if (shape === 'nested') {
		const { id, status, subject, definition } = run;
		return {
			type: event,
			data: { id, status, ...subject, definitionId: definition.id, name: definition.name },
		};
	}
	return {
		event,
		workflowId: run.id,
		...run.subject,
		status: run.status,
		workflowReference: run.definition.name,
		workflowDefinitionId: run.definition.id,
	};
}
