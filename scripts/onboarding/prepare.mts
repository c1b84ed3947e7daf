import type { N8nClient } from '../n8n/client.mts';
import {
	type CredentialReference,
	readExampleWorkflow,
	type StoredWorkflow,
	withCredentials,
	type WorkflowFile,
	type WorkflowNode,
} from '../n8n/workflow.mts';
import {
	mailCredential,
	type ReadyCredential,
	readyCredential,
	sandboxCredential,
} from './credentials.mts';

/** The types of the nodes that this package brings to n8n. */
export const ACTION_NODE = 'n8n-nodes-transactionlink.transactionLink';
export const TRIGGER_NODE = 'n8n-nodes-transactionlink.transactionLinkTrigger';
const FORM_NODE = 'n8n-nodes-base.formTrigger';
const CALLING_NODE = 'n8n-nodes-base.executeWorkflow';

/** An n8n that is ready for the onboarding, and where in it things are. */
export interface Preparation {
	transactionLink: ReadyCredential;
	mail: ReadyCredential;
	onboarding: StoredWorkflow;
	completion: StoredWorkflow;
	/** Finishes runs of which no webhook told, through the completion. */
	reconciliation: StoredWorkflow;
	/** The form's production address, or `undefined` when a person took the form out of the workflow. */
	formUrl: string | undefined;
	/** The address that TransactionLink has to know, or `undefined` when a person took the trigger out. */
	webhookUrl: string | undefined;
	/** The Test URL of the same trigger: n8n listens there while the trigger is tried in the editor. */
	webhookTestUrl: string | undefined;
}

/**
 * Finds a node of a workflow by its type, because a person may have given it another name.
 *
 * @param values parameters that it must have, e.g. `{ resource: 'case' }`
 * @returns the first one, or `undefined`
 */
export function findNode(
	workflow: StoredWorkflow,
	type: string,
	values: Record<string, unknown> = {},
): WorkflowNode | undefined {
	return workflow.nodes.find(
		(node) =>
			node.type === type &&
			Object.entries(values).every(([name, value]) => node.parameters[name] === value),
	);
}

/**
 * Has a workflow call another one: a file cannot know under which id an n8n keeps that.
 *
 * @param file stays as it is
 * @returns a copy, whose every node for sub-workflows calls it
 */
export function calling(file: WorkflowFile, { id, name }: StoredWorkflow): WorkflowFile {
	const workflowId = { __rl: true, mode: 'list', value: id, cachedResultName: name };
	const nodes = file.nodes.map((node) =>
		node.type === CALLING_NODE ? { ...node, parameters: { ...node.parameters, workflowId } } : node,
	);
	return { ...file, nodes };
}

async function findOrImport(
	n8n: N8nClient,
	file: WorkflowFile,
	credentials: Record<string, CredentialReference>,
): Promise<StoredWorkflow> {
	const known = (await n8n.listWorkflows()).find(
		({ name, isArchived }) => name === file.name && isArchived !== true,
	);
	if (known !== undefined) return await n8n.getWorkflow(known.id);
	const imported = await n8n.importWorkflow(withCredentials(file, credentials));
	await n8n.activateWorkflow(imported);
	return await n8n.getWorkflow(imported.id);
}

function addressOf(
	receiver: string,
	kind: 'form' | 'webhook' | 'webhook-test',
	node: WorkflowNode | undefined,
	rest = '',
) {
	return node?.webhookId === undefined ? undefined : `${receiver}/${kind}/${node.webhookId}${rest}`;
}

/**
 * Makes an n8n ready for the onboarding: the credentials for our own servers, and the example workflows,
 * active. What is there already is left as a person made it.
 *
 * @param options `n8n`: signed in as its owner; `sandboxUrl`: what goes into the credential as the base URL;
 * `mailPort`: of the mail server on 127.0.0.1; `receiver`: the address that takes webhooks and forms, when that is
 * not the editor's; `adapted`: what has to be changed in an example for this n8n
 * @throws N8nRefusal when n8n says no
 */
export async function prepare(options: {
	n8n: N8nClient;
	sandboxUrl: string;
	mailPort: number;
	receiver?: string;
	adapted?: (file: WorkflowFile) => WorkflowFile;
}): Promise<Preparation> {
	const { n8n, receiver = options.n8n.url, adapted = (file) => file } = options;
	const transactionLink = await readyCredential(
		n8n,
		sandboxCredential(options.sandboxUrl),
		'baseUrl',
	);
	const mail = await readyCredential(n8n, mailCredential(options.mailPort), 'host', 'port');
	const references = {
		transactionLinkApi: { id: transactionLink.id, name: transactionLink.name },
		smtp: { id: mail.id, name: mail.name },
	};
	const onboarding = await findOrImport(
		n8n,
		adapted(readExampleWorkflow('onboarding')),
		references,
	);
	const completion = await findOrImport(
		n8n,
		adapted(readExampleWorkflow('completion')),
		references,
	);
	const reconcile = calling(adapted(readExampleWorkflow('reconcile')), completion);
	const reconciliation = await findOrImport(n8n, reconcile, references);
	const trigger = findNode(completion, TRIGGER_NODE);
	return {
		transactionLink,
		mail,
		onboarding,
		completion,
		reconciliation,
		formUrl: addressOf(receiver, 'form', findNode(onboarding, FORM_NODE)),
		webhookUrl: addressOf(receiver, 'webhook', trigger, '/webhook'),
		// Of the editor's process, also where another one takes the webhooks.
		webhookTestUrl: addressOf(n8n.url, 'webhook-test', trigger, '/webhook'),
	};
}
