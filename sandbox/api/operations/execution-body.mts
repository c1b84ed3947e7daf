import { SAMPLE_WORKSPACE } from '../../definitions.mts';
import type { Run } from '../../state.mts';

/** An execution in the shape of the vendor's example. */
export function executionBody(run: Run): Record<string, unknown> {
	return {
		id: run.id,
		workspaceId: SAMPLE_WORKSPACE.id,
		workflowDefinitionId: run.definition.id,
		...run.subject,
		parameters: run.parameters,
		name: run.definition.name,
		origin: 'API',
		revision: 1,
		status: run.status,
		locale: run.locale,
		expiresAt: run.expiresAt,
		uiOptions: {},
		executionType: run.definition.endUserStep ? 'INTERACTIVE' : 'BACKGROUND',
		executionVersion: 'V3',
		...(run.link === undefined ? {} : { link: run.link, token: run.token }),
	};
}
