import type { N8nClient } from '../n8n/client.mts';
import { withSubworkflows, EXAMPLE_GROUPS, namesIn, readExamples } from '../n8n/examples.mts';
import {
	type CredentialReference,
	type StoredWorkflow,
	withCredentials,
	type WorkflowFile,
} from '../n8n/workflow.mts';

/** The example that reports the failed executions of the others. */
const FAILED_EXECUTIONS = 'failed-executions';

/**
 * `npm start` imports all examples, and publishes all but these: they need an account elsewhere, or take the place of
 * another one.
 */
const UNPUBLISHED = new Set([
	'ai-agent',
	'crm',
	'durable-wait',
	'returning-customer',
	'spreadsheet-corrections',
]);

async function tagIds(n8n: N8nClient): Promise<Map<string, string>> {
	const known = await n8n.listTags();
	const ids = new Map<string, string>();
	for (const group of EXAMPLE_GROUPS) {
		// n8n allows 24 characters.
		const name = group === 'basic' ? 'Basic example' : 'Production example';
		const { id } = known.find((one) => one.name === name) ?? (await n8n.createTag(name));
		for (const example of namesIn(group)) ids.set(example, id);
	}
	return ids;
}

/**
 * Imports examples that n8n does not have yet, and publishes those that work as they are. A workflow that is there
 * stays as the user left it.
 *
 * @param names of their files
 * @param options `credentials`: by their types; `adapted`: changes an example for this n8n
 * @returns the workflows, by the names of their files
 * @throws N8nError
 */
export async function publishExamples(
	n8n: N8nClient,
	names: readonly string[],
	options: {
		credentials: Record<string, CredentialReference>;
		adapted: (file: WorkflowFile) => WorkflowFile;
	},
): Promise<Map<string, StoredWorkflow>> {
	const existing = (await n8n.listWorkflows()).filter(({ isArchived }) => isArchived !== true);
	const tags = await tagIds(n8n);
	const stored = new Map<string, StoredWorkflow>();
	const ready = async (name: string, workflow: WorkflowFile): Promise<StoredWorkflow> => {
		const known = existing.find((one) => one.name === workflow.name);
		if (known !== undefined) return await n8n.getWorkflow(known.id);
		const errorWorkflow = stored.get(FAILED_EXECUTIONS)?.id;
		const imported = await n8n.importWorkflow({
			...withCredentials(
				withSubworkflows(options.adapted(workflow), [...stored.values()]),
				options.credentials,
			),
			settings: { ...workflow.settings, ...(errorWorkflow === undefined ? {} : { errorWorkflow }) },
			tags: [tags.get(name) ?? ''],
		});
		if (UNPUBLISHED.has(name)) return imported;
		await n8n.activateWorkflow(imported);
		return await n8n.getWorkflow(imported.id);
	};
	// First, because the others refer to it.
	const rank = (name: string) => (name === FAILED_EXECUTIONS ? 0 : 1);
	const sorted = names.toSorted((one, other) => rank(one) - rank(other));
	for (const { name, workflow } of readExamples(sorted))
		stored.set(name, await ready(name, workflow));
	return stored;
}
