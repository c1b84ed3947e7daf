import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { textAt } from '../json.mts';
import { projectFolder } from '../project.mts';
import type { StoredWorkflow, WorkflowFile, WorkflowNode } from './workflow.mts';

const FOLDER = join(projectFolder, 'workflows');
const SUBWORKFLOW_NODE = 'n8n-nodes-base.executeWorkflow';

/** The folders of the examples: a few nodes each, and those that finish each run once. */
export const EXAMPLE_GROUPS = ['basic', 'production'] as const;

/** The names of the examples in one of the folders: their files without ".json". */
export function namesIn(group: (typeof EXAMPLE_GROUPS)[number]): string[] {
	return readdirSync(join(FOLDER, group))
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'));
}

/** The names of all examples: their files without ".json". */
export function exampleNames(): string[] {
	return EXAMPLE_GROUPS.flatMap(namesIn);
}

/**
 * The path of an example's file.
 *
 * @param name the file in workflows/basic or workflows/production, without ".json"
 * @throws when it is missing
 */
export function exampleFile(name: string): string {
	const file = EXAMPLE_GROUPS.map((group) => join(FOLDER, group, `${name}.json`)).find(existsSync);
	if (file === undefined) throw new Error(`There is no example "${name}".`);
	return file;
}

/** Reads an example workflow, by the name of its file, as `exampleFile`. */
export function readExampleWorkflow(name: string): WorkflowFile {
	const workflow: WorkflowFile = JSON.parse(readFileSync(exampleFile(name), 'utf8'));
	return workflow;
}

/** The name that a node shows for the workflow that it calls; `undefined` if the node calls none. */
export function calledWorkflowName({ type, parameters }: WorkflowNode): string | undefined {
	return type === SUBWORKFLOW_NODE
		? textAt(parameters, 'workflowId', 'cachedResultName')
		: undefined;
}

/** An example, under the name of its file. */
export interface Example {
	name: string;
	workflow: WorkflowFile;
}

/** Reads examples, in an order in which called ones come before their callers. */
export function readExamples(names: readonly string[]): Example[] {
	const examples = names.map((name) => ({ name, workflow: readExampleWorkflow(name) }));
	const sorted: Example[] = [];
	const seen = new Set<Example>();
	const add = (example: Example): void => {
		if (seen.has(example)) return;
		seen.add(example);
		for (const name of example.workflow.nodes.map(calledWorkflowName)) {
			const called = examples.find(({ workflow }) => workflow.name === name);
			if (called !== undefined) add(called);
		}
		sorted.push(example);
	};
	examples.forEach(add);
	return sorted;
}

/**
 * A copy of a workflow that calls these workflows, whose IDs only their n8n knows.
 *
 * @param called by the names that the calling nodes show; a node that shows another name stays as it is
 */
export function withSubworkflows(
	file: WorkflowFile,
	called: readonly Pick<StoredWorkflow, 'id' | 'name'>[],
): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		const one = called.find(({ name }) => name === calledWorkflowName(node));
		if (one === undefined) return node;
		const workflowId = { __rl: true, mode: 'list', value: one.id, cachedResultName: one.name };
		return { ...node, parameters: { ...node.parameters, workflowId } };
	});
	return { ...file, nodes };
}
