import type { N8nClient } from '../n8n/client.mts';
import { calling, readExampleWorkflow } from '../n8n/examples.mts';
import {
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

/** The types of this package's nodes. */
export const ACTION_NODE = 'n8n-nodes-transactionlink.transactionLink';
export const TRIGGER_NODE = 'n8n-nodes-transactionlink.transactionLinkTrigger';
const FORM_NODE = 'n8n-nodes-base.formTrigger';

/** The credentials and workflows of an n8n that is ready for the onboarding. */
export interface Preparation {
	transactionLink: ReadyCredential;
	mail: ReadyCredential;
	onboarding: StoredWorkflow;
	completion: StoredWorkflow;
	/** Lets the end of each run through once. */
	claim: StoredWorkflow;
	/** Passes runs without a webhook to the completion. */
	reconciliation: StoredWorkflow;
	/** The form's production address, or `undefined` if the user removed the form. */
	formUrl: string | undefined;
	/** The trigger's production address, or `undefined` if the user removed the trigger. */
	webhookUrl: string | undefined;
	/** The Test URL of the same trigger: n8n listens there while the trigger is tried in the editor. */
	webhookTestUrl: string | undefined;
}

/**
 * Finds a node by its type, because the user may have renamed it.
 *
 * @param values parameters that it must have, e.g. `{ resource: 'case' }`
 */
export function findNode(
	workflow: StoredWorkflow,
	type: string,
	values: Record<string, unknown> = {},
): WorkflowNode | undefined {
	const matches = ({ parameters }: WorkflowNode) =>
		Object.entries(values).every(([name, value]) => parameters[name] === value);
	return workflow.nodes.find((node) => node.type === type && matches(node));
}

function addressOf(
	receiver: string,
	kind: 'form' | 'webhook' | 'webhook-test',
	node: WorkflowNode | undefined,
	path = '',
) {
	return node?.webhookId === undefined ? undefined : `${receiver}/${kind}/${node.webhookId}${path}`;
}

/**
 * Prepares an n8n for the onboarding: creates the credentials, and imports and activates the example workflows, unless
 * they are there.
 *
 * @param options `sandboxUrl`: the base URL; `mailPort`: of the mail server on 127.0.0.1; `receiver`: the address for
 * webhooks and forms, if it is not the editor's; `adapted`: changes an example for this n8n
 * @throws N8nRefusal
 */
export async function prepare(options: {
	n8n: N8nClient;
	sandboxUrl: string;
	mailPort: number;
	receiver?: string;
	adapted?: (file: WorkflowFile) => WorkflowFile;
}): Promise<Preparation> {
	const { n8n, sandboxUrl, mailPort, receiver = n8n.url, adapted = (file) => file } = options;
	const transactionLink = await readyCredential(n8n, sandboxCredential(sandboxUrl), 'baseUrl');
	const mail = await readyCredential(n8n, mailCredential(mailPort), 'host', 'port');
	const references = {
		transactionLinkApi: { id: transactionLink.id, name: transactionLink.name },
		smtp: { id: mail.id, name: mail.name },
	};
	const ready = async (file: WorkflowFile): Promise<StoredWorkflow> => {
		const known = (await n8n.listWorkflows()).find(
			({ name, isArchived }) => name === file.name && isArchived !== true,
		);
		if (known !== undefined) return await n8n.getWorkflow(known.id);
		const imported = await n8n.importWorkflow(withCredentials(file, references));
		await n8n.activateWorkflow(imported);
		return await n8n.getWorkflow(imported.id);
	};
	const example = (name: string) => adapted(readExampleWorkflow(name));
	const onboarding = await ready(example('onboarding'));
	const claim = await ready(example('claim'));
	const completion = await ready(calling(example('completion'), [claim]));
	const reconciliation = await ready(calling(example('reconcile'), [completion]));
	const trigger = findNode(completion, TRIGGER_NODE);
	return {
		transactionLink,
		mail,
		onboarding,
		claim,
		completion,
		reconciliation,
		formUrl: addressOf(receiver, 'form', findNode(onboarding, FORM_NODE)),
		webhookUrl: addressOf(receiver, 'webhook', trigger, '/webhook'),
		// Of the editor's process, also where another one takes the webhooks.
		webhookTestUrl: addressOf(n8n.url, 'webhook-test', trigger, '/webhook'),
	};
}
