import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { CREDENTIAL_NAME } from '../shared/authentication/credential';
import { runItems } from './items/runItems';
import { buildProperties } from './properties';
import { resources } from './resources';

/** The resource and operation, shown below the node. */
const SUBTITLE =
	'={{ ({ getMany: "get attachments", getResult: "get result", getStatus: "get status", start: "start execution", ' +
	'wait: "wait for completion" })[$parameter["operation"]] || ($parameter["operation"] + " " + ' +
	'$parameter["resource"]).replace(/[A-Z]/g, " $&").toLowerCase() }}';

export class TransactionLink implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TransactionLink',
		name: 'transactionLink',
		icon: {
			light: 'file:../../icons/transactionLink.svg',
			dark: 'file:../../icons/transactionLink.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Onboard people and companies: create cases, run checks, get their results',
		defaults: { name: 'TransactionLink' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Identity, company, KYC, KYB and AML checks. One check: Workflow → Run for a new case. A link for a person: ' +
				'Link → Create.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-transactionlink.transactionLinkTrigger',
					relationHint: 'Goes on when a run has ended, however long it took',
				},
			],
		},
		credentials: [{ name: CREDENTIAL_NAME, required: true }],
		properties: buildProperties(resources),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Neither can contain an expression, so they are the same for all items.
		const resource = this.getNodeParameter('resource', 0);
		const name = this.getNodeParameter('operation', 0);
		const operation = resources
			.find(({ value }) => value === resource)
			?.operations.find(({ value }) => value === name);
		if (operation === undefined) {
			throw new NodeOperationError(this.getNode(), 'No operation is chosen in this node', {
				description: 'Open the node, and choose a resource and an operation.',
			});
		}
		return [await runItems(this, operation)];
	}
}
