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

import { throughDatabase } from './credential-store.mts';

/** Where the expressions of a credential are resolved: at an item of a running node, or, in a webhook, nowhere. */
export interface ExpressionPlace {
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

const plainNodeType = {
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

const onlyThePlaceholder: INodeTypes = {
	getByName: () => plainNodeType,
	getByNameAndVersion: () => plainNodeType,
	getKnownTypes: () => ({}),
};

/**
 * Resolves the fields of a credential that hold expressions.
 *
 * @param data the fields with their defaults
 * @returns the resolved fields, as a new object
 */
export async function resolveCredentialExpressions(
	data: INodeParameters,
	place: ExpressionPlace,
): Promise<ICredentialDataDecryptedObject> {
	const { mode, additionalKeys, executeData, expressionResolveValues: at } = place;
	if (at !== undefined) {
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = at;
		return fields(
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
		nodeTypes: onlyThePlaceholder,
	});
	return await workflow.expression.withIsolate(async () =>
		fields(
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

function fields(resolved: unknown): ICredentialDataDecryptedObject {
	return typeof resolved === 'object' && resolved !== null ? throughDatabase(resolved) : {};
}
