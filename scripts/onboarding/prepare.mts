import type { N8nClient } from '../n8n/client.mts';
import {
	type StoredWorkflow,
	TRIGGER_NODE,
	type WorkflowFile,
	type WorkflowNode,
} from '../n8n/workflow.mts';
import {
	mailCredential,
	type EnsuredCredential,
	ensureCredential,
	sandboxCredential,
} from './credentials.mts';
import { publishExamples } from './publish-examples.mts';

export const SUBWORKFLOW_TRIGGER_NODE = 'n8n-nodes-base.executeWorkflowTrigger';
const FORM_NODE = 'n8n-nodes-base.formTrigger';

/** The examples of the onboarding. */
const ONBOARDING_EXAMPLES = ['onboarding', 'claim', 'completion', 'reconcile'] as const;

/** Where the examples receive requests. */
export interface ExampleAddresses {
	/** The form's production address, or `undefined` if the user removed the form. */
	formUrl: string | undefined;
	/** The same of the hosted onboarding, or `undefined` if it was not imported. */
	hostedFormUrl: string | undefined;
	/** The trigger's production address, or `undefined` if the user removed the trigger. */
	webhookUrl: string | undefined;
	/** The Test URL of the same trigger: n8n listens there while the trigger is tried in the editor. */
	webhookTestUrl: string | undefined;
}

/** The credentials and workflows of an n8n that is ready for the onboarding. */
export interface Preparation extends ExampleAddresses {
	transactionLink: EnsuredCredential;
	mail: EnsuredCredential;
	onboarding: StoredWorkflow;
	completion: StoredWorkflow;
	/** Lets the end of each run through once. */
	claim: StoredWorkflow;
	/** Passes runs without a webhook to the completion. */
	reconciliation: StoredWorkflow;
	/** What receives the webhooks: the completion itself, or the router if it was imported. */
	receiving: StoredWorkflow;
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
 * webhooks and forms, if it is not the editor's; `adapted`: changes an example for this n8n; `names`: the examples to
 * import, with at least those of the onboarding; a router among them receives the webhooks
 * @throws N8nError
 */
export async function prepareOnboarding(options: {
	n8n: N8nClient;
	sandboxUrl: string;
	mailPort: number;
	receiver?: string;
	adapted?: (file: WorkflowFile) => WorkflowFile;
	names?: readonly string[];
}): Promise<Preparation> {
	const { n8n, sandboxUrl, mailPort, receiver = n8n.url, adapted = (file) => file } = options;
	const { names = ONBOARDING_EXAMPLES } = options;
	const transactionLink = await ensureCredential(n8n, sandboxCredential(sandboxUrl), 'baseUrl');
	const mail = await ensureCredential(n8n, mailCredential(mailPort), 'host', 'port');
	const references = {
		transactionLinkApi: { id: transactionLink.id, name: transactionLink.name },
		smtp: { id: mail.id, name: mail.name },
	};
	const examples = await publishExamples(n8n, names, { credentials: references, adapted });
	const example = (name: (typeof ONBOARDING_EXAMPLES)[number]): StoredWorkflow => {
		const found = examples.get(name);
		if (found === undefined) throw new Error(`The example "${name}" was not imported.`);
		return found;
	};
	const onboarding = example('onboarding');
	const completion = example('completion');
	const hosted = examples.get('hosted-onboarding');
	const receiving = examples.get('router') ?? completion;
	const trigger = findNode(receiving, TRIGGER_NODE);
	return {
		transactionLink,
		mail,
		onboarding,
		claim: example('claim'),
		completion,
		reconciliation: example('reconcile'),
		receiving,
		formUrl: addressOf(receiver, 'form', findNode(onboarding, FORM_NODE)),
		hostedFormUrl: hosted && addressOf(receiver, 'form', findNode(hosted, FORM_NODE)),
		webhookUrl: addressOf(receiver, 'webhook', trigger, '/webhook'),
		// Of the editor's process, also where another one takes the webhooks.
		webhookTestUrl: addressOf(n8n.url, 'webhook-test', trigger, '/webhook'),
	};
}
