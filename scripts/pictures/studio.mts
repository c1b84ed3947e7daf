import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { type Closing, stopping } from '../closing.mts';
import { connectToN8n, type N8nClient } from '../n8n/client.mts';
import { CURRENT_N8N } from '../n8n/install.mts';
import { startN8n } from '../n8n/instance.mts';
import { packAndUnpack } from '../n8n/package.mts';
import {
	type CredentialReference,
	readExampleWorkflow,
	type StoredWorkflow,
	withCredentials,
	type WorkflowFile,
} from '../n8n/workflow.mts';
import { calling } from '../onboarding/prepare.mts';
import { chooseFreePort } from '../ports.mts';
import { projectFolder } from '../project.mts';

/** What others reach this n8n under, as far as the pictures show it. */
const SHOWN_ADDRESS = 'https://n8n.example.com/';

/** An n8n in which every example workflow is imported. Nothing in it leads anywhere. */
export interface Studio {
	n8n: N8nClient;
	/** Each example, by the name of its file. */
	examples: Map<string, StoredWorkflow>;
	/** The credential that the nodes use. */
	transactionLink: CredentialReference & { id: string };
}

/** The names of all example workflows, the one that others call first. */
function exampleNames(): string[] {
	const names = readdirSync(join(projectFolder, 'workflows'))
		.filter((file) => file.endsWith('.json'))
		.map((file) => basename(file, '.json'))
		.sort();
	return ['completion', ...names.filter((name) => name !== 'completion')];
}

// Without one, the editor marks a node as unfinished.
async function credentialsFor(
	n8n: N8nClient,
	files: WorkflowFile[],
): Promise<Record<string, Studio['transactionLink']>> {
	const wanted = new Map(
		files.flatMap(({ nodes }) => nodes).flatMap((node) => Object.entries(node.credentials ?? {})),
	);
	const references: Record<string, Studio['transactionLink']> = {};
	for (const [type, { name }] of wanted) {
		const { id } = await n8n.createCredential({ name, type, data: {} });
		references[type] = { id, name };
	}
	return references;
}

async function importExamples(
	n8n: N8nClient,
): Promise<Pick<Studio, 'examples' | 'transactionLink'>> {
	const files = exampleNames().map((name): [string, WorkflowFile] => [
		name,
		readExampleWorkflow(name),
	]);
	const references = await credentialsFor(
		n8n,
		files.map(([, file]) => file),
	);
	const examples = new Map<string, StoredWorkflow>();
	for (const [name, file] of files) {
		const completion = examples.get('completion');
		const ready = completion === undefined ? file : calling(file, completion);
		examples.set(name, await n8n.importWorkflow(withCredentials(ready, references)));
	}
	const transactionLink = references['transactionLinkApi'];
	if (transactionLink === undefined)
		throw new Error('No example workflow uses the TransactionLink credential.');
	return { examples, transactionLink };
}

/**
 * Brings up a fresh n8n with this package in it, and imports every example workflow.
 *
 * @param report gets lines for a person
 * @param ends gets everything that has to be ended, also when this throws
 * @throws whatever keeps one of the parts from coming up
 */
export async function openStudio(report: (line: string) => void, ends: Closing): Promise<Studio> {
	const userFolder = mkdtempSync(join(tmpdir(), 'transactionlink-pictures-'));
	ends.add(() => {
		rmSync(userFolder, { recursive: true, force: true });
	});
	await packAndUnpack({ userFolder, report });
	report('Starting n8n ...');
	const starting = startN8n({
		version: CURRENT_N8N,
		userFolder,
		port: await chooseFreePort(),
		webhookUrl: SHOWN_ADDRESS,
		report,
	});
	// A signal may come while it starts.
	ends.add(stopping(starting));
	const running = await starting;
	const password = `Passing-${randomBytes(6).toString('hex')}-1`;
	const n8n = await connectToN8n(running.url, {
		email: 'owner@example.com',
		password,
		firstName: 'Local',
		lastName: 'Owner',
	});
	return { n8n, ...(await importExamples(n8n)) };
}
