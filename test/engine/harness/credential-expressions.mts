import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowDataProxyAdditionalKeys,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { jsonCopy } from './credential-store.mts';

/** The context of a credential's expressions: an item of a running node, or, in a webhook, no item. */
export interface ExpressionContext {
	mode: WorkflowExecuteMode;
	additionalKeys: IWorkflowDataProxyAdditionalKeys;
	executeData: IExecuteData | undefined;
	expressionResolveValues: ICredentialsExpressionResolveValues | undefined;
}

const placeholder: INode = {
	id: '',
	name: '',
	type: 'none',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const placeholderType = {
	description: {
		displayName: 'None',
		name: 'none',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
};

const placeholderNodeTypes: INodeTypes = {
	getByName: () => placeholderType,
	getByNameAndVersion: () => placeholderType,
	getKnownTypes: () => ({}),
};

/**
 * Resolves the expressions in the fields of a credential.
 *
 * @param data the fields with their defaults
 * @returns the resolved fields, as a new object
 */
export async function resolveCredentialExpressions(
	data: INodeParameters,
	context: ExpressionContext,
): Promise<ICredentialDataDecryptedObject> {
	const { mode, additionalKeys, executeData, expressionResolveValues: at } = context;
	if (at !== undefined) {
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = at;
		return toFields(
			workflow.expression.getParameterValue(
				data,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				additionalKeys,
				executeData,
				false,
				data,
			),
		);
	}
	const workflow = new Workflow({
		nodes: [placeholder],
		connections: {},
		active: false,
		nodeTypes: placeholderNodeTypes,
	});
	return await workflow.expression.withIsolate(async () =>
		toFields(
			workflow.expression.getComplexParameterValue(
				placeholder,
				data,
				mode,
				additionalKeys,
				undefined,
				undefined,
				data,
			),
		),
	);
}

function toFields(resolved: unknown): ICredentialDataDecryptedObject {
	return typeof resolved === 'object' && resolved !== null ? jsonCopy(resolved) : {};
}
