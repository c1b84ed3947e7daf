import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { isJsonObject } from '../json.mts';
import { projectFolder } from '../project.mts';
import type { WorkflowFile } from './workflow.mts';

const FOLDER = join(projectFolder, 'workflows');

/** The folders of the examples: a few nodes each, and those that finish each run once. */
export const EXAMPLE_GROUPS = ['basic', 'production'] as const;

function namesIn(group: string): string[] {
	return readdirSync(join(FOLDER, group))
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'));
}

/** The names of all examples: their files without ".json". */
export function exampleNames(): string[] {
	return EXAMPLE_GROUPS.flatMap(namesIn);
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
 * Reads an example workflow.
 *
 * @param name the file in workflows/basic or workflows/production, without ".json"
 * @throws when it is missing or not a workflow
 */
export function readExampleWorkflow(name: string): WorkflowFile {
	const file = EXAMPLE_GROUPS.map((group) => join(FOLDER, group, `${name}.json`)).find(existsSync);
	if (file === undefined) throw new Error(`There is no example "${name}".`);
	const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
	if (!isWorkflowFile(content)) throw new Error(`${file} is not a workflow as n8n exports it.`);
	return content;
}
