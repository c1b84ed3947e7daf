import { UnexpectedError, type INodeType, type INodeTypes } from 'n8n-workflow';

/** The prefix of this package's nodes in saved workflows and in `getNode().type`. */
const PACKAGE = 'n8n-nodes-transactionlink';

/** The full name of a node type in saved workflows. */
export function nodeTypeName(nodeType: INodeType): string {
	return `${PACKAGE}.${nodeType.description.name}`;
}

/** The version of a node that is newly added to a workflow. */
export function newestVersion(nodeType: INodeType): number {
	const { defaultVersion, version } = nodeType.description;
	return defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version);
}

/** Creates n8n's registry of node types with only these. Looking up any other type throws. */
export function createNodeTypes(...nodeTypes: INodeType[]): INodeTypes {
	const byName = new Map(nodeTypes.map((nodeType) => [nodeTypeName(nodeType), nodeType]));
	const find = (name: string): INodeType => {
		const nodeType = byName.get(name);
		if (nodeType === undefined) throw new UnexpectedError(`Unrecognized node type: ${name}`);
		return nodeType;
	};
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}
