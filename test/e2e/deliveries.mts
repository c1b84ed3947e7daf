import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { localHttp } from '../../scripts/local-http.mts';
import { chain, NOTHING } from '../../scripts/n8n/chain.mts';
import type { N8nClient } from '../../scripts/n8n/client.mts';
import { type ExecutionSummary, hasEnded } from '../../scripts/n8n/execution.mts';
import { N8nError } from '../../scripts/n8n/request.mts';
import { TRIGGER_NODE } from '../../scripts/n8n/workflow.mts';
import type { Preparation } from '../../scripts/onboarding/prepare.mts';
import type { SandboxProcess } from '../tools/sandbox-process.mts';
import { mapConcurrently } from '../tools/map-concurrently.mts';
import { type Delivery, signatureOf, signedDeliveries } from '../tools/signed-deliveries.mts';
import { TIMEOUT_MILLISECONDS, waitUntil } from '../../scripts/waiting.mts';

const PAGE = 100;

/** How many runs `deliverSixTimes` reports, and how many of their deliveries are in flight. */
const REPORTED_RUNS = 200;
const SENDERS = 8;

/** A workflow that accepts deliveries and does nothing else, so that its executions can be counted. */
export interface CountingWorkflow {
	id: string;
	/** The address of its trigger. */
	address: string;
}

/** Shuffles a list. The same seed results in the same order. */
export function shuffled<Item>(items: Item[], seed: string): Item[] {
	const rank = (index: number) => createHash('sha256').update(`${seed} ${index}`).digest('hex');
	return items
		.map((item, index) => ({ item, rank: rank(index) }))
		.sort((left, right) => (left.rank < right.rank ? -1 : 1))
		.map(({ item }) => item);
}

/** Sends a body to a trigger unchanged, with or without a signature. */
export async function send(
	address: string,
	body: string,
	signature?: string,
	signal?: AbortSignal,
): Promise<{ status: number; data: unknown }> {
	const { status, data } = await localHttp.post<unknown>(address, body, {
		headers: {
			'content-type': 'application/json',
			...(signature === undefined ? {} : { 'jws-signature': signature }),
		},
		validateStatus: () => true,
		transformRequest: (sent: unknown) => sent,
		timeout: TIMEOUT_MILLISECONDS,
		...(signal === undefined ? {} : { signal }),
	});
	return { status, data };
}

/** Sends an event, or a list of events, with the sandbox's signature. */
export async function sendSigned(
	sandbox: SandboxProcess,
	address: string,
	content: object,
): Promise<{ status: number; data: unknown }> {
	const body = JSON.stringify(content);
	return await send(address, body, await signatureOf(sandbox, body));
}

/** Sends a delivery. Returns the status, or 0 if the request failed or `signal` aborted it. */
export async function deliver(
	address: string,
	{ body, signature }: Delivery,
	signal?: AbortSignal,
): Promise<number> {
	return await send(address, body, signature, signal).then(
		({ status }) => status,
		() => 0,
	);
}

/**
 * Sends a delivery as TransactionLink does: it waits 10 seconds for a response, and repeats a delivery that was not
 * accepted up to five times, 5 seconds apart.
 *
 * @param milliseconds how long to wait for a response instead
 * @returns the status of each attempt
 */
export async function deliverWithRetries(
	address: string,
	delivery: Delivery,
	milliseconds = 10_000,
): Promise<number[]> {
	const statuses: number[] = [];
	for (;;) {
		const status = await deliver(address, delivery, AbortSignal.timeout(milliseconds));
		statuses.push(status);
		if (isAccepted(status) || statuses.length > 5) return statuses;
		await setTimeout(5_000);
	}
}

/** Whether a status is 2xx, after which TransactionLink stops repeating a delivery. */
export function isAccepted(status: number): boolean {
	return status >= 200 && status < 300;
}

/**
 * Imports and activates a counting workflow.
 *
 * @param receiver the base URL at which n8n receives webhooks
 */
export async function importCountingWorkflow(
	n8n: N8nClient,
	{ transactionLink: { id, name } }: Pick<Preparation, 'transactionLink'>,
	receiver: string,
	typeVersion = 1.1,
): Promise<CountingWorkflow> {
	const webhookId = randomUUID();
	const trigger = {
		name: 'Trigger',
		type: TRIGGER_NODE,
		typeVersion,
		webhookId,
		parameters: { events: ['completed'], options: { confirmRun: false } },
		credentials: { transactionLinkApi: { id, name } },
	};
	const workflow = await n8n.importWorkflow(chain(`Count ${webhookId}`, trigger, NOTHING));
	await n8n.activateWorkflow(workflow);
	return { id: workflow.id, address: `${receiver}/webhook/${webhookId}/webhook` };
}

interface ExecutionPage {
	results: ExecutionSummary[];
	/** Only in n8n 2. In n8n 1, the next page starts after the last ID of this one. */
	nextCursor?: string | null;
}

function nextPage({ results, nextCursor }: ExecutionPage): object | undefined {
	if (nextCursor !== undefined) return nextCursor === null ? undefined : { cursor: nextCursor };
	return results.length < PAGE ? undefined : { lastId: results.at(-1)?.id };
}

async function executionOf(
	n8n: N8nClient,
	workflowId: string,
	id: number,
): Promise<ExecutionSummary | undefined> {
	try {
		const execution = await n8n.getExecution(String(id));
		return execution.workflowId === workflowId ? execution : undefined;
	} catch (error) {
		// It belonged to another workflow and was deleted.
		if (error instanceof N8nError && error.status === 404) return undefined;
		throw error;
	}
}

/** All executions of a workflow, from all pages. */
export async function allExecutions(
	n8n: N8nClient,
	workflowId: string,
): Promise<ExecutionSummary[]> {
	const found = new Map<number, ExecutionSummary>();
	for (let position: object | undefined = {}; position !== undefined; ) {
		const page: ExecutionPage = await n8n.request('GET', '/executions', {
			filter: JSON.stringify({ workflowId }),
			limit: PAGE,
			...position,
		});
		for (const execution of page.results) found.set(Number(execution.id), execution);
		position = nextPage(page);
	}
	// n8n sorts executions by start time but pages by ID. With several workers these orders differ, and an execution can
	// be on two pages or on none, so the missing IDs are requested one by one.
	const ids = [...found.keys()].sort((left, right) => left - right);
	const [lowest = 0] = ids;
	const range = Array.from({ length: (ids.at(-1) ?? 0) - lowest }, (_, index) => lowest + index);
	await mapConcurrently(
		range.filter((id) => !found.has(id)),
		8,
		async (id) => {
			const execution = await executionOf(n8n, workflowId, id);
			if (execution !== undefined) found.set(id, execution);
		},
	);
	return [...found.values()];
}

/**
 * Waits until every execution of a workflow has ended, except at most `maxRunning` that a killed worker left running.
 *
 * @returns all its executions
 */
export async function waitUntilEnded(
	n8n: N8nClient,
	workflowId: string,
	maxRunning = 0,
): Promise<ExecutionSummary[]> {
	let executions: ExecutionSummary[] = [];
	const states = () => tally(executions.map(({ status }) => status));
	const what = () => `the executions to end (${states()})`;
	return await waitUntil(what, async () => {
		executions = await allExecutions(n8n, workflowId);
		const open = executions.filter(({ status }) => !hasEnded(status));
		return open.length <= maxRunning && open.every(({ status }) => status === 'running')
			? executions
			: undefined;
	});
}

/** Counts the executions that the delivery of each run started, by the run IDs in n8n's execution data. */
export async function executionsByRun(
	n8n: N8nClient,
	executions: ExecutionSummary[],
	deliveries: Delivery[],
): Promise<Map<string, number>> {
	const counts = new Map(deliveries.map(({ runId }) => [runId, 0]));
	await mapConcurrently(executions, 8, async ({ id }) => {
		const savedData = JSON.stringify((await n8n.getExecution(id)).data);
		const workflowRun = /"workflowId":"([^"]+)","caseId"/.exec(savedData)?.[1] ?? 'unknown';
		counts.set(workflowRun, (counts.get(workflowRun) ?? 0) + 1);
	});
	return counts;
}

/** Counts equal values, as one line to print. */
export function tally(values: (string | number)[]): string {
	const counts = new Map<string | number, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].map(([value, count]) => `${count} × ${value}`).join(', ');
}

/**
 * Sends the deliveries of 200 runs six times each, shuffled and concurrently, and prints a summary.
 *
 * The senders wait for each response, so that a slow machine never has more than eight deliveries to process. If they
 * hung up and repeated them, n8n would get more work the slower it is, until it could no longer write to its database.
 *
 * @param receiver the base URL at which n8n receives webhooks
 * @returns the last status of each delivery, and the number of executions that each run started
 */
export async function deliverSixTimes(
	n8n: N8nClient,
	sandbox: SandboxProcess,
	prepared: Preparation,
	receiver: string,
): Promise<{ statuses: number[]; executionCounts: number[] }> {
	const workflow = await importCountingWorkflow(n8n, prepared, receiver);
	const deliveries = await signedDeliveries(sandbox, REPORTED_RUNS);
	const seed = randomUUID();
	const sent = shuffled(Array.from({ length: 6 }, () => deliveries).flat(), seed);
	const start = Date.now();
	const attempts = await mapConcurrently(sent, SENDERS, (delivery) =>
		deliverWithRetries(workflow.address, delivery, TIMEOUT_MILLISECONDS),
	);
	const seconds = ((Date.now() - start) / 1000).toFixed(1);
	const executions = await waitUntilEnded(n8n, workflow.id);
	const executionCounts = [...(await executionsByRun(n8n, executions, deliveries)).values()];
	process.stdout.write(
		`${sent.length} deliveries of ${deliveries.length} runs in ${seconds} s (seed ${seed}): ` +
			`statuses ${tally(attempts.flat())}; ${executions.length} executions; ` +
			`executions per run ${tally(executionCounts)}\n`,
	);
	return { statuses: attempts.map((statuses) => statuses.at(-1) ?? 0), executionCounts };
}
