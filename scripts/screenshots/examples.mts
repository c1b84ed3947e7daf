import { connectToN8n, type N8nClient } from '../n8n/client.mts';
import { withSubworkflows, exampleNames, readExamples } from '../n8n/examples.mts';
import { CURRENT_N8N, installN8n } from '../n8n/install.mts';
import { startN8n } from '../n8n/instance.mts';
import { packAndUnpack } from '../n8n/package.mts';
import {
	type CredentialReference,
	type StoredWorkflow,
	withCredentials,
} from '../n8n/workflow.mts';
import { chooseFreePort } from '../ports.mts';
import { temporaryFolder } from '../project.mts';

/** An n8n with all example workflows, by the names of their files. Its credentials are empty. */
export type ExamplesInN8n = Awaited<ReturnType<typeof importExamples>>;

async function importExamples(n8n: N8nClient) {
	const examples = new Map<string, StoredWorkflow>();
	const credentials: Record<string, CredentialReference & { id: string }> = {};
	for (const { name, workflow } of readExamples(exampleNames())) {
		// Without credentials, the editor marks a node as unfinished.
		for (const node of workflow.nodes) {
			for (const [type, { name: credential }] of Object.entries(node.credentials ?? {}))
				credentials[type] ??= await n8n.createCredential({ name: credential, type, data: {} });
		}
		const ready = withCredentials(withSubworkflows(workflow, [...examples.values()]), credentials);
		examples.set(name, await n8n.importWorkflow(ready));
	}
	const { transactionLinkApi: transactionLink } = credentials;
	if (transactionLink === undefined) throw new Error('No example uses the credential.');
	return { n8n, examples, transactionLink };
}

/**
 * Starts a new n8n with this package, and imports all example workflows.
 *
 * @param ends gets everything that has to be stopped, also when this throws
 */
export async function startN8nWithExamples(ends: AsyncDisposableStack): Promise<ExamplesInN8n> {
	const userFolder = temporaryFolder('screenshots', ends);
	await packAndUnpack({ userFolder, report: console.log });
	await installN8n(CURRENT_N8N, console.log);
	console.log('Starting n8n ...');
	// The public address in the screenshots.
	const webhookUrl = 'https://n8n.example.com/';
	const options = { version: CURRENT_N8N, userFolder, port: await chooseFreePort(), webhookUrl };
	const { url } = await startN8n(options, ends);
	return await importExamples(await connectToN8n(url));
}
