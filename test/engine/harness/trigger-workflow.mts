import './environment.mts';
import {
	NodeHelpers,
	UnexpectedError,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type IWebhookDescription,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data.mts';
import type { CredentialStore } from './credential-store.mts';
import { createNodeTypes, newestVersion, nodeTypeName } from './node-types.mts';

/** A configured trigger. */
export interface TriggerOptions {
	/** An instance of the node class. */
	nodeType: INodeType;
	/** The fields; a missing one has the default of its property. */
	parameters?: INodeParameters;
	credential?: CredentialStore;
	/** The workflow is active by default. `manual` is "Execute step" in the editor. */
	mode?: WorkflowExecuteMode;
}

/** A workflow that starts with the trigger, and the trigger's webhook. */
export interface TriggerWorkflow {
	workflow: Workflow;
	node: INode;
	description: IWebhookDescription;
	additionalData: IWorkflowExecuteAdditionalData;
	webhook: IWebhookData;
}

/**
 * Creates a workflow with the trigger as n8n loads it for one delivery. It has no static data of earlier deliveries:
 * n8n loses a trigger's static data as soon as deliveries start executions, so a trigger must not rely on it.
 *
 * @param baseUrl the address of n8n, without a trailing slash
 * @throws when the node type has no webhook
 */
export function createTriggerWorkflow(
	{ nodeType, parameters = {}, credential, mode }: TriggerOptions,
	baseUrl: string,
): TriggerWorkflow {
	const description = nodeType.description.webhooks?.[0];
	if (description === undefined) throw new UnexpectedError('The node has no webhook');
	const workflow = new Workflow({
		id: 'workflow-under-test',
		name: 'Workflow under test',
		nodes: [
			{
				id: 'trigger-under-test',
				name: nodeType.description.displayName,
				type: nodeTypeName(nodeType),
				typeVersion: newestVersion(nodeType),
				position: [0, 0],
				webhookId: '7d1f2c1e-8f0e-4d57-9f0b-5a3c1a0f9e11',
				parameters,
				...(credential === undefined
					? {}
					: { credentials: { [credential.type.name]: credential.reference } }),
			},
		],
		connections: {},
		active: mode !== 'manual',
		nodeTypes: createNodeTypes(nodeType),
		settings: { executionOrder: 'v1' },
	});
	const [node] = Object.values(workflow.nodes);
	if (node === undefined) throw new UnexpectedError('The workflow is empty');
	const additionalData = createAdditionalData({ credential, baseUrl });
	const text = (name: string, fallback: string) =>
		String(
			workflow.expression.getSimpleParameterValue(
				node,
				description[name],
				'internal',
				{},
				undefined,
				fallback,
			),
		);
	const path = NodeHelpers.getNodeWebhookPath(
		workflow.id,
		node,
		text('path', ''),
		description.isFullPath,
	);
	return {
		workflow,
		node,
		description,
		additionalData,
		webhook: {
			httpMethod: text('httpMethod', 'GET') === 'POST' ? 'POST' : 'GET',
			node: node.name,
			path,
			webhookDescription: description,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
			isTest: mode === 'manual',
		},
	};
}
