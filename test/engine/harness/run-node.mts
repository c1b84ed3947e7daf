import './environment.mts';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IConnections,
	type INode,
	type INodeParameters,
	type INodeType,
	type OnError,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data.mts';
import type { CredentialStore } from './credential-store.mts';
import { createItemsSource, type InputItem } from './items-source.mts';
import { createNodeTypes, newestVersion, nodeTypeName } from './node-types.mts';
import { describeOutcome, type RunOutcome } from './run-outcome.mts';

/** The fields of a node's Settings tab, except On Error. */
export type NodeSettings = Pick<
	INode,
	'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'executeOnce' | 'alwaysOutputData'
>;

/** A configured node, and its input. */
export interface RunOptions {
	/** An instance of the node class. */
	nodeType: INodeType;
	/** The fields; a missing one has the default of its property. */
	parameters?: INodeParameters;
	/** The input; by default one item with empty JSON. */
	items?: InputItem[];
	credential?: CredentialStore;
	onError?: OnError;
	settings?: NodeSettings;
	/** Aborting it cancels the execution. */
	abort?: AbortSignal;
	executionId?: string;
	/** `trigger` by default, as in an execution of an active workflow. */
	mode?: WorkflowExecuteMode;
}

/** A pending execution. */
export interface StartedRun {
	/** Resolves when the node has ended, also after a cancellation or an error; never rejects. */
	finished: Promise<RunOutcome>;
	/** Does the same as "Stop execution" in the editor. */
	cancel(): void;
}

const SOURCE = 'Items';

/**
 * Starts an execution in n8n's own engine: a node that outputs the items, then the node under test.
 */
export function startRun(options: RunOptions): StartedRun {
	const { executionId = '1', mode = 'trigger', credential, abort } = options;
	const { workflow, node } = createWorkflow(options);
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: workflow.id,
		name: workflow.name ?? '',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	});
	// n8n saves the status that this hook reports, and does not replace a saved "canceled".
	let cancelled = false;
	hooks.addHandler('workflowExecuteAfter', ({ status }) => {
		if (status === 'canceled') cancelled = true;
	});
	const engine = new WorkflowExecute(
		createAdditionalData({ credential, executionId, hooks }),
		mode,
	);
	const outcome = (status: RunOutcome['status'], data: Parameters<typeof describeOutcome>[1]) =>
		describeOutcome(cancelled ? 'canceled' : status, data, node.name);

	try {
		const startNode = workflow.getNode(SOURCE);
		const running = engine.run({ workflow, ...(startNode === null ? {} : { startNode }) });
		const cancel = () => running.cancel();
		if (abort?.aborted) cancel();
		abort?.addEventListener('abort', cancel, { once: true });
		const finished = running
			.then(({ status, data }) => outcome(status, data.resultData))
			.finally(() => abort?.removeEventListener('abort', cancel));
		return { finished, cancel };
	} catch (error) {
		// If a required field is empty, n8n does not start the execution, and shows the reason.
		return {
			finished: Promise.resolve(outcome('error', { runData: {}, error })),
			cancel: () => undefined,
		};
	}
}

/**
 * Runs a node on items in n8n's own engine and returns the outcome that n8n shows.
 *
 * @returns the items of each output, the error that stopped the execution if one did, and its status; never rejects
 */
export function runNode(options: RunOptions): Promise<RunOutcome> {
	return startRun(options).finished;
}

function createWorkflow({
	nodeType,
	parameters = {},
	items = [{}],
	credential,
	onError,
	settings,
}: RunOptions) {
	const source = createItemsSource(items);
	const node: INode = {
		id: 'node-under-test',
		name: nodeType.description.displayName,
		type: nodeTypeName(nodeType),
		typeVersion: newestVersion(nodeType),
		position: [200, 0],
		parameters,
		...settings,
		...(onError === undefined ? {} : { onError }),
		...(credential === undefined
			? {}
			: { credentials: { [credential.type.name]: credential.reference } }),
	};
	const connections: IConnections = {
		[SOURCE]: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
	};
	const workflow = new Workflow({
		id: 'workflow-under-test',
		name: 'Workflow under test',
		nodes: [
			{
				id: 'items',
				name: SOURCE,
				type: nodeTypeName(source),
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			node,
		],
		connections,
		active: false,
		nodeTypes: createNodeTypes(source, nodeType),
		settings: { executionOrder: 'v1' },
	});
	return { workflow, node };
}
