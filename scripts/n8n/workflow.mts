import { randomUUID } from 'node:crypto';

/** The types of this package's nodes. */
export const ACTION_NODE = 'n8n-nodes-transactionlink.transactionLink';
export const TRIGGER_NODE = 'n8n-nodes-transactionlink.transactionLinkTrigger';

/** A node's credential. Without an ID, n8n looks for the name. */
export interface CredentialReference {
	id: string | null;
	name: string;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	webhookId?: string;
	/** Passes its items on unchanged. */
	disabled?: boolean;
	/** What n8n does with a failed item; by default, it stops the execution. */
	onError?: string;
	credentials?: Record<string, CredentialReference>;
}

/** A workflow as n8n's editor exports it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings: Record<string, unknown>;
	/** IDs of tags. */
	tags?: string[];
	/** The output of nodes that do not run, by their names; only for runs in the editor. */
	pinData?: Record<string, { json: Record<string, unknown> }[]>;
}

/** A workflow as n8n lists it. */
export interface WorkflowSummary {
	id: string;
	name: string;
	active: boolean;
	isArchived?: boolean;
}

/** A workflow in an n8n. */
export interface StoredWorkflow extends Omit<WorkflowFile, 'tags'>, WorkflowSummary {
	versionId: string;
}

/** A copy of a workflow whose nodes use these credentials, by their types. Credentials of other types stay. */
export function withCredentials(
	workflow: WorkflowFile,
	credentials: Record<string, CredentialReference>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		if (node.credentials === undefined) return node;
		const used = Object.entries(node.credentials).map(([type, own]) => [
			type,
			credentials[type] ?? own,
		]);
		return { ...node, credentials: Object.fromEntries(used) };
	});
	return { ...workflow, nodes };
}

/** The nodes at whose addresses n8n receives requests. */
const RECEIVING = /\.(formTrigger|chatTrigger|transactionLinkTrigger)$/;

/** A copy of a workflow whose triggers have addresses of their own. n8n 1 does that in its editor only. */
export function withWebhookIds(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		RECEIVING.test(node.type) ? { webhookId: randomUUID(), ...node } : node,
	);
	return { ...workflow, nodes };
}
