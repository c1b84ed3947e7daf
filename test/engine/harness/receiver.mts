import './environment.mts';
import { createServer } from 'node:http';
import { finished } from 'node:stream/promises';

import express, { type Request, type Response } from 'express';
import { WebhookContext } from 'n8n-core';
import {
	UnexpectedError,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type Logger,
} from 'n8n-workflow';

import { close, listen } from './local-server.mts';
import { describeError, type ShownError } from './run-outcome.mts';
import { sendDelivery, type Delivery, type DeliveryResponse } from './send-delivery.mts';
import {
	createTriggerWorkflow,
	type TriggerOptions,
	type TriggerWorkflow,
} from './trigger-workflow.mts';
import { readWebhookBody, UnreadableBodyError } from './webhook-body.mts';

/** The trigger's result for a delivery. */
export interface HandledDelivery {
	/** The items that started an execution; missing if none started. */
	workflowData?: INodeExecutionData[][];
	/** Whether the trigger sends its own response. */
	noWebhookResponse: boolean;
	/**
	 * The error of the trigger, which n8n shows as a failed execution, or the reason why the execution did not start.
	 */
	error?: ShownError;
	/** The trigger's entries in n8n's log, each with its level. */
	log: string[];
}

/** A delivery from both sides: the trigger's result, and the sender's response. */
export type DeliveryOutcome = HandledDelivery & DeliveryResponse;

/** A trigger, and what happens when it starts an execution. */
export interface ReceiverOptions extends TriggerOptions {
	/** Replaces creating the execution, which n8n does before it responds. If it throws, n8n responds 500. */
	startExecution?: (workflowData: INodeExecutionData[][]) => void | Promise<void>;
}

/** n8n's webhook server with one active trigger. */
export interface Receiver {
	/** The trigger's webhook address. It accepts requests from any process. */
	url: string;
	/** All handled deliveries, in the order in which they ended. */
	handled: HandledDelivery[];
	/** Resolves with the delivery that ends next, from any sender. */
	next(): Promise<HandledDelivery>;
	/**
	 * Sends a delivery and waits for the response and the trigger. It rejects when the delivery is aborted, although the
	 * trigger may still be running.
	 *
	 * @throws when the trigger returns `noWebhookResponse` and sends no response
	 */
	deliver(delivery: Delivery): Promise<DeliveryOutcome>;
	close(): Promise<void>;
}

/**
 * Starts a server that passes requests to a trigger's `webhook()` in n8n's own context, and responds as n8n does.
 * Every delivery gets a new workflow; only the state of the trigger's modules is kept.
 */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
	const handled: HandledDelivery[] = [];
	const waiting: ((delivery: HandledDelivery) => void)[] = [];
	const deliveriesByPort = new Map<number | undefined, Promise<HandledDelivery>>();

	const application = express();
	const server = createServer(application);
	const baseUrl = await listen(server);
	const { path } = createTriggerWorkflow(options, baseUrl).webhook;

	application.use(async (request, response) => {
		const handling = receive(options, createTriggerWorkflow(options, baseUrl), request, response);
		deliveriesByPort.set(request.socket.remotePort, handling);
		const delivery = await handling;
		handled.push(delivery);
		for (const resolve of waiting.splice(0)) resolve(delivery);
	});

	const url = `${baseUrl}/webhook/${path}`;
	return {
		url,
		handled,
		next: () => new Promise((resolve) => waiting.push(resolve)),
		async deliver(delivery) {
			const { localPort, ...response } = await sendDelivery(url, delivery);
			const delivered = await deliveriesByPort.get(localPort);
			if (delivered === undefined)
				throw new UnexpectedError('The delivery did not reach the trigger');
			return { ...response, ...delivered };
		},
		close: () => close(server),
	};
}

/** Passes one request to the trigger and waits until the response has been sent. Never rejects. */
async function receive(
	{ nodeType, mode = 'webhook', startExecution }: ReceiverOptions,
	trigger: TriggerWorkflow,
	request: Request,
	response: Response,
): Promise<HandledDelivery> {
	const { workflow, node, webhook, additionalData } = trigger;
	const responseFinished = finished(response).catch(() => undefined);
	let noWebhookResponse = false;
	const log: string[] = [];
	try {
		if (request.path !== `/webhook/${webhook.path}` || request.method !== webhook.httpMethod) {
			response.status(404).json({ code: 404, message: 'The requested webhook is not registered.' });
			return { noWebhookResponse, log };
		}
		await readWebhookBody(request, node.typeVersion);
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const context = new WebhookContext(workflow, node, additionalData, mode, webhook, [], null);
		Object.defineProperty(context, 'logger', { value: recordingLogger(log) });
		const result = await runWebhook(nodeType, context);
		noWebhookResponse = result.noWebhookResponse === true;
		const { workflowData } = result;
		if (workflowData !== undefined) await startExecution?.(workflowData);
		respond(response, trigger, result);
		return { noWebhookResponse, log, ...(workflowData === undefined ? {} : { workflowData }) };
	} catch (error) {
		if (!response.headersSent) respondWithError(response, error);
		return { noWebhookResponse, log, error: describeError(error) };
	} finally {
		await responseFinished;
	}
}

function recordingLogger(log: string[]): Logger {
	const write = (level: string) => (message: string) => void log.push(`${level}: ${message}`);
	return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}

async function runWebhook(
	{ webhook }: TriggerOptions['nodeType'],
	context: WebhookContext,
): Promise<IWebhookResponseData> {
	if (webhook === undefined) throw new UnexpectedError('Node does not have any webhooks defined');
	// The same interface, but n8n-core was compiled with looser optional properties than this project.
	return await webhook.call(context as IWebhookFunctions);
}

function respond(response: Response, trigger: TriggerWorkflow, result: IWebhookResponseData): void {
	if (result.noWebhookResponse === true) {
		// n8n would never respond to the sender; a test should fail instead.
		if (!response.writableEnded) response.destroy();
		return;
	}
	const { workflow, node, description } = trigger;
	const setting = (name: string, fallback: string | number) =>
		workflow.expression.getSimpleParameterValue(
			node,
			description[name],
			'webhook',
			{},
			undefined,
			fallback,
		);
	response.status(Number(setting('responseCode', 200)));
	if (result.workflowData === undefined) {
		send(response, result.webhookResponse ?? { message: 'Webhook call received' });
		return;
	}
	const data = setting('responseData', 'firstEntryJson');
	send(response, data === 'noData' ? undefined : data);
}

function respondWithError(response: Response, error: unknown): void {
	if (error instanceof UnreadableBodyError) {
		response.status(422).json({ code: 422, message: error.message });
		return;
	}
	response
		.status(500)
		.json({ code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' });
}

function send(response: Response, data: unknown): void {
	if (typeof data === 'string') response.send(data);
	else response.json(data);
}
