import { at } from '../json.mts';
import { waitUntil } from '../waiting.mts';
import { type Execution, type ExecutionSummary, hasEnded, readExecution } from './execution.mts';
import { N8nRefusal, type N8nSession, type Owner, signIn } from './session.mts';
import type { StoredWorkflow, WorkflowFile, WorkflowSummary } from './workflow.mts';

const PUBLISHED_WITHIN_MILLISECONDS = 30_000;

/** A credential as n8n tells about it; `data` only where it was asked for, with blanks for what is secret. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data?: Record<string, unknown>;
}

/** What n8n's "Test" button shows. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface NewCredential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** What this project asks of an n8n, over the addresses that the editor itself uses. */
export interface N8nClient {
	url: string;
	/** For calls that are not covered here. */
	session: N8nSession;
	createCredential(credential: NewCredential): Promise<StoredCredential>;
	updateCredential(id: string, credential: NewCredential): Promise<StoredCredential>;
	/** Without the data. */
	listCredentials(): Promise<StoredCredential[]>;
	/** With the data, in which n8n blanks what is secret. */
	getCredential(id: string): Promise<StoredCredential>;
	/** Presses "Test"; a connection that does not work is an answer, not an error. */
	testCredential(credential: StoredCredential): Promise<CredentialTest>;
	importWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow>;
	listWorkflows(): Promise<WorkflowSummary[]>;
	getWorkflow(id: string): Promise<StoredWorkflow>;
	/** Makes it the published one, and waits at most 30 s until its triggers listen. */
	activateWorkflow(workflow: StoredWorkflow): Promise<void>;
	deactivateWorkflow(id: string): Promise<void>;
	/** Presses "Execute workflow" on a trigger that needs no event from outside; answers the execution's id. */
	runWorkflow(workflow: StoredWorkflow, trigger: string): Promise<string>;
	getExecution(id: string): Promise<Execution>;
	/** Newest first, at most 100. */
	listExecutions(workflowId: string): Promise<ExecutionSummary[]>;
	/** Waits until a run is over, however it ended. */
	waitForExecution(id: string, milliseconds: number): Promise<Execution>;
	/** Waits for a run of a workflow that is over and is the wanted one; takes one from before as well. */
	waitForExecutionOf(
		workflowId: string,
		wanted: (execution: Execution) => boolean,
		milliseconds: number,
	): Promise<Execution>;
}

async function waitUntilPublished(session: N8nSession, id: string): Promise<void> {
	await waitUntil(
		'n8n to publish the workflow',
		async () => {
			let answer: unknown;
			try {
				answer = await session.call('GET', `/workflows/${id}/publication-status`);
			} catch (error) {
				// n8n 1 has no such address: there it was done when the activation was answered.
				if (error instanceof N8nRefusal && error.status === 404) return true;
				throw error;
			}
			const status = at(answer, 'status');
			if (status === 'failed' || status === 'partial') {
				throw new Error(
					`n8n could not publish workflow ${id}: ${JSON.stringify(at(answer, 'triggers'))}`,
				);
			}
			return status === 'published' ? true : undefined;
		},
		PUBLISHED_WITHIN_MILLISECONDS,
	);
}

async function endedExecution(session: N8nSession, id: string): Promise<Execution | undefined> {
	const execution = readExecution(await session.call('GET', `/executions/${id}`));
	return hasEnded(execution.status) ? execution : undefined;
}

function executionsOf(session: N8nSession) {
	const list = async (workflowId: string) => {
		const answer = await session.call<{ results: ExecutionSummary[] }>('GET', '/executions', {
			filter: JSON.stringify({ workflowId }),
			limit: 100,
		});
		return answer.results;
	};
	return {
		getExecution: async (id: string) =>
			readExecution(await session.call('GET', `/executions/${id}`)),
		listExecutions: list,
		waitForExecution: (id: string, milliseconds: number) =>
			waitUntil(`execution ${id} to end`, () => endedExecution(session, id), milliseconds),
		waitForExecutionOf: (
			workflowId: string,
			wanted: (execution: Execution) => boolean,
			milliseconds: number,
		) => {
			const unwanted = new Set<string>();
			return waitUntil(
				`an execution of workflow ${workflowId}`,
				async () => {
					for (const { id, status } of await list(workflowId)) {
						if (unwanted.has(id) || !hasEnded(status)) continue;
						const execution = await endedExecution(session, id);
						if (execution !== undefined && wanted(execution)) return execution;
						unwanted.add(id);
					}
					return undefined;
				},
				milliseconds,
			);
		},
	};
}

/**
 * Connects to an n8n as its owner, and makes that owner when n8n has none yet.
 *
 * @param url the address of the editor
 * @param owner who to sign in as
 * @throws N8nRefusal, here and in every method, when n8n says no
 */
export async function connectToN8n(url: string, owner: Owner): Promise<N8nClient> {
	const session = await signIn(url, owner);
	return {
		url,
		session,
		createCredential: (credential) => session.call('POST', '/credentials', credential),
		updateCredential: (id, credential) => session.call('PATCH', `/credentials/${id}`, credential),
		listCredentials: () => session.call('GET', '/credentials'),
		getCredential: (id) => session.call('GET', `/credentials/${id}`, { includeData: true }),
		testCredential: ({ id, name, type, data }) =>
			session.call('POST', '/credentials/test', {
				credentials: { id, name, type, data: data ?? {} },
			}),
		importWorkflow: (workflow) =>
			session.call('POST', '/workflows', { ...workflow, active: false }),
		listWorkflows: () => session.call('GET', '/workflows'),
		getWorkflow: (id) => session.call('GET', `/workflows/${id}`),
		activateWorkflow: async ({ id, versionId }) => {
			await session.call('POST', `/workflows/${id}/activate`, { versionId });
			await waitUntilPublished(session, id);
		},
		deactivateWorkflow: async (id) => {
			await session.call('POST', `/workflows/${id}/deactivate`);
		},
		runWorkflow: async (workflow, trigger) => {
			const started = await session.call<{ executionId: string }>(
				'POST',
				`/workflows/${workflow.id}/run`,
				{
					workflowData: workflow,
					startNodes: [],
					triggerToStartFrom: { name: trigger },
				},
			);
			return started.executionId;
		},
		...executionsOf(session),
	};
}
