import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import axios from 'axios';
import type { N8nClient } from '../../scripts/n8n/client.mts';
import { type ExecutionSummary, hasEnded } from '../../scripts/n8n/execution.mts';
import { N8nRefusal } from '../../scripts/n8n/session.mts';
import { type Preparation, TRIGGER_NODE } from '../../scripts/onboarding/prepare.mts';
import type { SandboxProcess } from '../../scripts/sandbox-process.mts';
import { sideBySide } from '../../bench/side-by-side.mts';
import { waitUntil } from '../../scripts/waiting.mts';

const PAGE = 100;

/** A webhook about the end of one run, as TransactionLink would send it. */
export interface Delivery {
	runId: string;
	body: string;
	signature: string;
}

/** A workflow that takes deliveries and does nothing with them, so that its executions can be counted. */
export interface CountingWorkflow {
	id: string;
	/** Where its trigger listens. */
	address: string;
}

/** Puts things into another order; the same seed gives the same one. */
export function shuffled<Thing>(things: Thing[], seed: string): Thing[] {
	const rank = (place: number) => createHash('sha256').update(`${seed} ${place}`).digest('hex');
	return things
		.map((thing, place) => ({ thing, rank: rank(place) }))
		.sort((one, other) => (one.rank < other.rank ? -1 : 1))
		.map(({ thing }) => thing);
}

/** The signature that the sandbox sends with a body. */
export async function signatureOf({ control }: SandboxProcess, body: string): Promise<string> {
	const { data } = await control.post<{ signature: string }>('/sign', { body });
	return data.signature;
}

/** Signs the deliveries of so many runs, with the key that the sandbox signs with. */
export async function signedDeliveries(
	sandbox: SandboxProcess,
	count: number,
): Promise<Delivery[]> {
	return await sideBySide(Array.from({ length: count }), 16, async () => {
		const runId = randomUUID();
		const body = JSON.stringify({
			event: 'workflow.completed',
			workflowId: runId,
			caseId: randomUUID(),
			status: 'COMPLETED',
		});
		return { runId, body, signature: await signatureOf(sandbox, body) };
	});
}

/** Sends a body to a trigger as it is, as any sender can who knows the address; with a signature or without. */
export async function send(
	address: string,
	body: string,
	signature?: string,
	signal?: AbortSignal,
): Promise<{ status: number; data: unknown }> {
	const { status, data } = await axios.post<unknown>(address, body, {
		headers: {
			'content-type': 'application/json',
			...(signature === undefined ? {} : { 'jws-signature': signature }),
		},
		validateStatus: () => true,
		transformRequest: (sent: unknown) => sent,
		proxy: false,
		// Two hundred at the same time keep a busy machine longer than any one of them would.
		timeout: 100_000,
		...(signal === undefined ? {} : { signal }),
	});
	return { status, data };
}

/** Delivers an event, or several in a list, with the sandbox's signature. */
export async function sendSigned(
	sandbox: SandboxProcess,
	address: string,
	content: object,
): Promise<{ status: number; data: unknown }> {
	const body = JSON.stringify(content);
	return await send(address, body, await signatureOf(sandbox, body));
}

/** Sends a delivery, and hangs up when it is told to; what is no answer at all is a 0. */
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
 * @returns the status of each attempt
 */
export async function deliverPatiently(address: string, delivery: Delivery): Promise<number[]> {
	const statuses: number[] = [];
	for (;;) {
		const status = await deliver(address, delivery, AbortSignal.timeout(10_000));
		statuses.push(status);
		if (isTaken(status) || statuses.length > 5) return statuses;
		await setTimeout(5_000);
	}
}

export function isTaken(status: number): boolean {
	return status >= 200 && status < 300;
}

/** Brings such a workflow into n8n, active, with the trigger as it comes. */
export async function countDeliveries(
	n8n: N8nClient,
	{ transactionLink: { id, name } }: Pick<Preparation, 'transactionLink'>,
	receiver: string,
	typeVersion = 1.1,
): Promise<CountingWorkflow> {
	const webhookId = randomUUID();
	const workflow = await n8n.importWorkflow({
		name: `Count ${webhookId}`,
		nodes: [
			{
				id: randomUUID(),
				name: 'Trigger',
				type: TRIGGER_NODE,
				typeVersion,
				position: [0, 0],
				webhookId,
				parameters: { events: ['completed'], options: { confirmRun: false } },
				credentials: { transactionLinkApi: { id, name } },
			},
			{
				id: randomUUID(),
				name: 'Nothing',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { Trigger: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
		settings: {},
	});
	await n8n.activateWorkflow(workflow);
	return { id: workflow.id, address: `${receiver}/webhook/${webhookId}/webhook` };
}

interface ExecutionPage {
	results: ExecutionSummary[];
	/** Of n8n 2; in n8n 1 the next page begins behind the last ID of this one. */
	nextCursor?: string | null;
}

function pageBehind({ results, nextCursor }: ExecutionPage): object | undefined {
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
		// It was another workflow's, and is gone.
		if (error instanceof N8nRefusal && error.status === 404) return undefined;
		throw error;
	}
}

/** All executions of a workflow, however many there are. */
export async function everyExecution(
	n8n: N8nClient,
	workflowId: string,
): Promise<ExecutionSummary[]> {
	const found = new Map<number, ExecutionSummary>();
	for (let place: object | undefined = {}; place !== undefined; ) {
		const page: ExecutionPage = await n8n.session.call('GET', '/executions', {
			filter: JSON.stringify({ workflowId }),
			limit: PAGE,
			...place,
		});
		for (const execution of page.results) found.set(Number(execution.id), execution);
		place = pageBehind(page);
	}
	// n8n's pages are in order of the start, and each goes on below the last one's ID: what started out of turn, as with
	// several workers, stands on two pages or on none.
	const ids = [...found.keys()].sort((one, other) => one - other);
	const [lowest = 0] = ids;
	const all = Array.from({ length: (ids.at(-1) ?? 0) - lowest }, (_, place) => lowest + place);
	await sideBySide(
		all.filter((id) => !found.has(id)),
		8,
		async (id) => {
			const execution = await executionOf(n8n, workflowId, id);
			if (execution !== undefined) found.set(id, execution);
		},
	);
	return [...found.values()];
}

/** Waits until at most so many executions have not come to their end. */
export async function untilEnded(
	n8n: N8nClient,
	workflowId: string,
	milliseconds: number,
	leftBehind = 0,
): Promise<ExecutionSummary[]> {
	return await waitUntil(
		'the executions to end',
		async () => {
			const executions = await everyExecution(n8n, workflowId);
			return executions.filter(({ status }) => !hasEnded(status)).length <= leftBehind
				? executions
				: undefined;
		},
		milliseconds,
	);
}

/** How many executions were started by each of the deliveries, by what n8n kept about them, ended or not. */
export async function executionsByRun(
	n8n: N8nClient,
	executions: ExecutionSummary[],
	deliveries: Delivery[],
): Promise<Map<string, number>> {
	const counts = new Map(deliveries.map(({ runId }) => [runId, 0]));
	await sideBySide(executions, 8, async ({ id }) => {
		const kept = JSON.stringify((await n8n.getExecution(id)).data);
		const workflowRun = /"workflowId":"([^"]+)","caseId"/.exec(kept)?.[1] ?? 'unknown';
		counts.set(workflowRun, (counts.get(workflowRun) ?? 0) + 1);
	});
	return counts;
}

/** How often each thing occurs, as one line to print. */
export function tally(things: (string | number)[]): string {
	const counts = new Map<string | number, number>();
	for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
	return [...counts].map(([thing, count]) => `${count} × ${thing}`).join(', ');
}

/**
 * Sends the deliveries of 200 runs six times each, in any order, many side by side, and prints what came of it.
 *
 * @param receiver the address of the n8n that takes them
 * @returns the statuses they were answered with in the end, and how many executions each run started
 */
export async function deliverSixTimes(
	n8n: N8nClient,
	sandbox: SandboxProcess,
	prepared: Preparation,
	receiver: string,
): Promise<{ answers: number[]; started: number[] }> {
	const workflow = await countDeliveries(n8n, prepared, receiver);
	const deliveries = await signedDeliveries(sandbox, 200);
	const seed = randomUUID();
	const sent = shuffled(Array.from({ length: 6 }, () => deliveries).flat(), seed);
	const start = Date.now();
	const answers = await sideBySide(sent, 50, (delivery) =>
		deliverPatiently(workflow.address, delivery),
	);
	const seconds = ((Date.now() - start) / 1000).toFixed(1);
	const executions = await untilEnded(n8n, workflow.id, 120_000);
	const started = [...(await executionsByRun(n8n, executions, deliveries)).values()];
	process.stdout.write(
		`${sent.length} deliveries of ${deliveries.length} runs in ${seconds} s (seed ${seed}): ` +
			`answers ${tally(answers.flat())}; ${executions.length} executions; runs with so many ` +
			`executions ${tally(started)}\n`,
	);
	return { answers: answers.map((statuses) => statuses.at(-1) ?? 0), started };
}
