import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

import { chain, NOTHING } from '../scripts/n8n/chain.mts';
import { TRIGGER_NODE } from '../scripts/n8n/workflow.mts';
import { mapConcurrently } from '../test/tools/map-concurrently.mts';
import { waitUntil } from '../scripts/waiting.mts';
import type { Delivery } from '../test/tools/signed-deliveries.mts';
import type { Stage } from './stage.mts';

const SENDERS = 16;

/** A workflow that takes deliveries, and where. */
export interface Receiver {
	workflowId: string;
	url: string;
}

async function receiver(
	{ n8n, credential: { id, name } }: Stage,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	path: string,
): Promise<Receiver> {
	const webhookId = randomUUID();
	const trigger = {
		name: 'Trigger',
		type,
		typeVersion,
		webhookId,
		parameters: { ...parameters, ...(path === '' ? { path: webhookId } : {}) },
		credentials: { transactionLinkApi: { id, name } },
	};
	const workflow = await n8n.importWorkflow(chain(`Receive ${webhookId}`, trigger, NOTHING));
	await n8n.activateWorkflow(workflow);
	return { workflowId: workflow.id, url: `${n8n.url}/webhook/${webhookId}${path}` };
}

/** Our trigger, as it comes out of the panel. */
export const ourTrigger = (stage: Stage) =>
	receiver(
		stage,
		TRIGGER_NODE,
		1.1,
		{ events: ['completed'], options: { confirmRun: false } },
		'/webhook',
	);

/** n8n's Webhook node, which checks nothing. n8n spares it alone the start of its expression engine. */
export const webhookNode = (stage: Stage) =>
	receiver(stage, 'n8n-nodes-base.webhook', 2.1, { httpMethod: 'POST', options: {} }, '');

/** The same with an expression in its panel, for which n8n starts that engine as for every other trigger. */
export const webhookNodeLikeOthers = (stage: Stage) =>
	receiver(
		stage,
		'n8n-nodes-base.webhook',
		2.1,
		{ httpMethod: 'POST', options: { rawBody: '={{ false }}' } },
		'',
	);

/** The same with a body that their signatures do not fit. */
export function forged(deliveries: Delivery[]): Delivery[] {
	return deliveries.map((delivery) => ({ ...delivery, body: `${delivery.body} ` }));
}

/**
 * Sends deliveries, sixteen at a time, and waits until what they started has ended.
 *
 * @param status the expected status of each
 * @returns responses per second
 * @throws when a response has another status
 */
export async function deliver(
	{ n8n }: Stage,
	{ url, workflowId }: Receiver,
	deliveries: Delivery[],
	status: number,
): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
	const start = performance.now();
	await mapConcurrently(
		deliveries,
		SENDERS,
		({ body, signature }) =>
			new Promise<void>((resolve, reject) => {
				const headers = {
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					'jws-signature': signature,
				};
				const sent = request(url, { agent, method: 'POST', headers }, (response) => {
					response.resume();
					response.on('end', () => {
						if (response.statusCode === status) resolve();
						else
							reject(new Error(`A delivery got a ${String(response.statusCode)}, not ${status}`));
					});
				});
				sent.on('error', reject);
				sent.end(body);
			}),
	);
	const seconds = (performance.now() - start) / 1_000;
	agent.destroy();
	await waitUntil(
		'the executions to end',
		async () => {
			const open = (await n8n.listExecutions(workflowId)).filter((execution) =>
				/new|running/.test(execution.status),
			);
			return open.length === 0 ? true : undefined;
		},
		120_000,
	);
	return deliveries.length / seconds;
}
