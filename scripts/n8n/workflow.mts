import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isJsonObject } from '../json.mts';
import { projectFolder } from '../project.mts';

/** Which credential a node uses; without an id n8n looks for the name. */
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
	/** What becomes of an item that fails; without it, the whole execution stops. */
	onError?: string;
	credentials?: Record<string, CredentialReference>;
}

/** A workflow as n8n's editor exports it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings: Record<string, unknown>;
	/** What a node puts out instead of running, by its name; only where a person runs the workflow. */
	pinData?: Record<string, { json: Record<string, unknown> }[]>;
}

/** A workflow as n8n's list of workflows tells it. */
export interface WorkflowSummary {
	id: string;
	name: string;
	active: boolean;
	isArchived?: boolean;
}

/** A workflow that an n8n keeps. */
export interface StoredWorkflow extends WorkflowFile, WorkflowSummary {
	versionId: string;
}

function isWorkflowFile(value: unknown): value is WorkflowFile {
	return (
		isJsonObject(value) &&
		typeof value['name'] === 'string' &&
		Array.isArray(value['nodes']) &&
		isJsonObject(value['connections']) &&
		isJsonObject(value['settings'])
	);
}

/**
 * Reads one of this project's example workflows.
 *
 * @param name the file under workflows/, without ".json"
 * @throws when there is none, or when it is not a workflow
 */
export function readExampleWorkflow(name: string): WorkflowFile {
	const file = join(projectFolder, 'workflows', `${name}.json`);
	const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
	if (!isWorkflowFile(content)) throw new Error(`${file} is not a workflow as n8n exports it.`);
	return content;
}

/**
 * Fills in which stored credentials the nodes of a workflow use.
 *
 * @param workflow stays as it is
 * @param credentials the id and name for each credential type; types that are not named keep what they have
 * @returns a copy
 */
export function withCredentials(
	workflow: WorkflowFile,
	credentials: Record<string, CredentialReference>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		if (node.credentials === undefined) return node;
		const filled = { ...node.credentials };
		for (const type of Object.keys(filled)) {
			const known = credentials[type];
			if (known !== undefined) filled[type] = known;
		}
		return { ...node, credentials: filled };
	});
	return { ...workflow, nodes };
}
