import { randomUUID } from 'node:crypto';

import { at } from '../json.mts';
import { waitUntil } from '../waiting.mts';
import type { CredentialTest, NewCredential, StoredCredential } from './credential.mts';
import { type Execution, type ExecutionSummary, hasEnded, readExecution } from './execution.mts';
import { type Method, N8nError, sendToN8n } from './request.mts';
import {
	type StoredWorkflow,
	withWebhookIds,
	type WorkflowFile,
	type WorkflowSummary,
} from './workflow.mts';

/** Triggers that start a workflow from another one. */
const CALLED_TRIGGERS = new Set([
	'n8n-nodes-base.executeWorkflowTrigger',
	'n8n-nodes-base.errorTrigger',
]);

/** The user that owns an n8n. */
export interface Owner {
	email: string;
	/** At least 8 characters, with a digit and a capital letter. */
	password: string;
}

/** The requests to an n8n that this project needs, over the endpoints of the editor. All throw N8nError. */
export class N8nClient {
	/** The editor's address, without a slash at the end. */
	readonly url: string;
	/** Signs a browser in as the same user; "name=value". */
	readonly cookie: string;

	constructor(url: string, cookie: string) {
		this.url = url;
		this.cookie = cookie;
	}

	/** Sends one request, as `sendToN8n`, and returns the response's `data`. */
	async request<Data = unknown>(method: Method, path: string, content?: object): Promise<Data> {
		return (await sendToN8n<Data>(this, method, path, content)).data.data;
	}

	readonly createCredential = (credential: NewCredential): Promise<StoredCredential> =>
		this.request('POST', '/credentials', credential);
	readonly updateCredential = (id: string, credential: NewCredential): Promise<StoredCredential> =>
		this.request('PATCH', `/credentials/${id}`, credential);
	/** Without `data`. */
	readonly listCredentials = (): Promise<StoredCredential[]> => this.request('GET', '/credentials');
	/** With `data`. */
	readonly getCredential = (id: string): Promise<StoredCredential> =>
		this.request('GET', `/credentials/${id}`, { includeData: true });
	/** Presses "Test". Returns also when the connection does not work. */
	async testCredential({ id, name, type, data }: StoredCredential): Promise<CredentialTest> {
		const credentials = { id, name, type, data: data ?? {} };
		return await this.request('POST', '/credentials/test', { credentials });
	}

	readonly listTags = (): Promise<{ id: string; name: string }[]> => this.request('GET', '/tags');
	readonly createTag = (name: string): Promise<{ id: string }> =>
		this.request('POST', '/tags', { name });
	readonly importWorkflow = (workflow: WorkflowFile): Promise<StoredWorkflow> =>
		this.request('POST', '/workflows', { ...withWebhookIds(workflow), active: false });
	readonly listWorkflows = (): Promise<WorkflowSummary[]> => this.request('GET', '/workflows');
	readonly getWorkflow = (id: string): Promise<StoredWorkflow> =>
		this.request('GET', `/workflows/${id}`);
	/**
	 * Publishes it, and waits until its triggers listen. n8n 1 rejects that for a workflow that others call, which needs
	 * no publication there.
	 */
	async activateWorkflow({ id, versionId, nodes }: StoredWorkflow): Promise<void> {
		try {
			await this.request('POST', `/workflows/${id}/activate`, { versionId });
		} catch (error) {
			const isCalled = nodes.some(({ type }) => CALLED_TRIGGERS.has(type));
			if (isCalled && error instanceof N8nError && /no node to start/.test(error.message)) return;
			throw error;
		}
		const isPublished = async () => ((await this.#isPublished(id)) ? true : undefined);
		await waitUntil('n8n to publish the workflow', isPublished);
	}

	async #isPublished(id: string): Promise<boolean> {
		try {
			const publication = await this.request('GET', `/workflows/${id}/publication-status`);
			const status = at(publication, 'status');
			if (status !== 'failed' && status !== 'partial') return status === 'published';
			const triggers = JSON.stringify(at(publication, 'triggers'));
			throw new Error(`n8n could not publish workflow ${id}: ${triggers}`);
		} catch (error) {
			// n8n 1 has no such endpoint: its triggers listen when it has responded to the activation.
			if (error instanceof N8nError && error.status === 404) return true;
			throw error;
		}
	}

	async deactivateWorkflow(id: string): Promise<void> {
		await this.request('POST', `/workflows/${id}/deactivate`);
	}

	/** Presses "Execute workflow" on a trigger that needs no external event. Returns the execution's ID. */
	async runWorkflow(workflow: StoredWorkflow, trigger: string): Promise<string> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/workflows/${workflow.id}/run`,
			{ workflowData: workflow, startNodes: [], triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	async getExecution(id: string): Promise<Execution> {
		return readExecution(await this.request('GET', `/executions/${id}`));
	}

	/** The newest 100, newest first. */
	async listExecutions(workflowId: string): Promise<ExecutionSummary[]> {
		const query = { filter: JSON.stringify({ workflowId }), limit: 100 };
		return (await this.request<{ results: ExecutionSummary[] }>('GET', '/executions', query))
			.results;
	}

	/** Waits until an execution has ended, with whatever status. */
	async waitForExecution(id: string, milliseconds?: number, interval?: number): Promise<Execution> {
		const ended = async () => {
			const execution = await this.getExecution(id);
			return hasEnded(execution.status) ? execution : undefined;
		};
		return await waitUntil(`execution ${id} to end`, ended, milliseconds, interval);
	}

	/** Waits until a wanted execution of a workflow has ended. It may have ended before. */
	async waitForExecutionOf(
		workflowId: string,
		wanted: (execution: Execution) => boolean,
	): Promise<Execution> {
		const unwanted = new Set<string>();
		const find = async () => {
			for (const { id, status } of await this.listExecutions(workflowId)) {
				if (unwanted.has(id) || !hasEnded(status)) continue;
				const execution = await this.getExecution(id);
				// n8n may list it as ended before that is true for its data.
				if (!hasEnded(execution.status)) continue;
				if (wanted(execution)) return execution;
				unwanted.add(id);
			}
			return undefined;
		};
		return await waitUntil(`an execution of workflow ${workflowId}`, find);
	}
}

/** An owner for an n8n that is deleted afterwards. */
const temporaryOwner = (): Owner => ({
	email: 'owner@example.com',
	password: `Temporary-${randomUUID()}-1`,
});

function cookieFrom(headers: unknown): string {
	const cookies: unknown = at(headers, 'set-cookie');
	const cookie: unknown = Array.isArray(cookies)
		? cookies.find((one) => String(one).startsWith('n8n-auth='))
		: undefined;
	if (typeof cookie !== 'string') throw new Error('n8n signed in without a session cookie.');
	return cookie.split(';', 1).join('');
}

/**
 * Connects to an n8n as its owner. Creates the owner if the n8n has none.
 *
 * @param url the editor's address, e.g. "http://127.0.0.1:5678"
 * @throws N8nError with status 401 when n8n has another owner or another password
 */
export async function connectToN8n(url: string, owner = temporaryOwner()): Promise<N8nClient> {
	const settings = await sendToN8n({ url }, 'GET', '/settings');
	const hasNoOwner = at(settings.data.data, 'userManagement', 'showSetupOnFirstLoad') === true;
	const { email, password } = owner;
	const { headers } = hasNoOwner
		? await sendToN8n({ url }, 'POST', '/owner/setup', {
				...owner,
				firstName: 'Local',
				lastName: 'Owner',
			})
		: await sendToN8n({ url }, 'POST', '/login', { emailOrLdapLoginId: email, email, password });
	return new N8nClient(url, cookieFrom(headers));
}
