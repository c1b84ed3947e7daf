import { UnexpectedError, type INodeType, type INodeTypes } from 'n8n-workflow';

/** The prefix that n8n gives the nodes of this package, in saved workflows and in `getNode().type`. */
const PACKAGE = 'n8n-nodes-transactionlink';

/** The full name of a node type, as it stands in saved workflows. */
export function nodeTypeName(nodeType: INodeType): string {
	return `${PACKAGE}.${nodeType.description.name}`;
}

/** The version that a node gets which is put on the canvas today. */
export function newestVersion(nodeType: INodeType): number {
	const { defaultVersion, version } = nodeType.description;
	return defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version);
}

/**
 * The registry that n8n looks node types up in, holding just these.
 * A look-up throws when the type is none of them.
 */
export function createNodeTypes(...nodeTypes: INodeType[]): INodeTypes {
	const byName = new Map(nodeTypes.map((nodeType) => [nodeTypeName(nodeType), nodeType]));
	const find = (name: string): INodeType => {
		const nodeType = byName.get(name);
		if (nodeType === undefined) throw new UnexpectedError(`Unrecognized node type: ${name}`);
		return nodeType;
	};
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}
