import { UserError, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { settle } from '../shared/http/settle';
import { inBatches } from './batches';
import { Delivery, Rejection, type DeliveryEvent } from './delivery';
import { claim } from './duplicates';
import { filteredBy } from './filter';
import { itemFor } from './item';
import { readOptions, type Options } from './options';
import { reasonFor } from './reason';

type Logged = { level: 'info' | 'warn'; reason: string };

function logNotStarted(context: IWebhookFunctions, { level, reason }: Logged): void {
	context.logger[level](`TransactionLink Trigger did not start the workflow: ${reason}`);
}

/** Responds without the reason, which only the log contains. */
function reject(context: IWebhookFunctions, { status, reason }: Rejection): IWebhookResponseData {
	context.logger.warn(`TransactionLink Trigger rejected a delivery (${status}): ${reason}`);
	context
		.getResponseObject()
		.status(status)
		.send(status === 401 ? 'Unauthorized' : 'Service Unavailable')
		.end();
	return { noWebhookResponse: true };
}

/** Removes the events that the user did not select. */
function chosen(
	context: IWebhookFunctions,
	options: Options,
	events: DeliveryEvent[],
	value: unknown,
): DeliveryEvent[] | Rejection {
	const wanted: DeliveryEvent[] = [];
	for (const event of events) {
		const filtered = filteredBy(options, event, value);
		if (filtered === undefined) wanted.push(event);
		else if (event.isContradicted) {
			// TransactionLink's status may lag behind its own delivery, which it will repeat.
			return new Rejection(503, 'TransactionLink does not return the reported end of the run');
		} else logNotStarted(context, filtered);
	}
	return wanted;
}

/** Removes repeats of events that already started the workflow. */
async function firsts(
	context: IWebhookFunctions,
	delivery: Delivery,
	events: DeliveryEvent[],
): Promise<DeliveryEvent[] | Rejection> {
	const first = new Set<string>();
	const response = context.getResponseObject();
	// In one order, so that two deliveries never wait for each other.
	for (const eventId of [...new Set(events.map((event) => event.eventId))].sort()) {
		const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, eventId]);
		const claimed = await claim(key, response, delivery.deadline);
		if (claimed === 'pending') {
			return new Rejection(503, 'the first delivery of the same event has no response yet');
		}
		if (claimed === 'first') first.add(eventId);
		else logNotStarted(context, { level: 'info', reason: 'it is a repeat' });
	}
	// An event that occurs twice in one delivery counts once.
	return events.filter(({ eventId }) => first.delete(eventId));
}

/** Removes events of runs that this credential's account does not have, unless the run ID is a guess. */
async function confirmed(
	context: IWebhookFunctions,
	delivery: Delivery,
	options: Options,
	events: DeliveryEvent[],
): Promise<DeliveryEvent[]> {
	const looked = await inBatches(events, async (event) => await delivery.confirm(event));
	return looked.filter(({ lookup, fields: { isGuessedId } }) => {
		if (lookup === undefined || lookup.found || !options.confirmRun) return true;
		if (lookup.isUnknown && !isGuessedId && !delivery.isTest) {
			const reason = 'TransactionLink has no such run for this credential';
			logNotStarted(context, { level: 'warn', reason });
			return false;
		}
		context.logger.warn(`TransactionLink Trigger could not confirm a run: ${lookup.reason}`);
		return true;
	});
}

async function startedBy(context: IWebhookFunctions): Promise<IWebhookResponseData | Rejection> {
	const receivedAt = new Date().toISOString();
	const options = readOptions(context);
	const delivery = new Delivery(context, options);
	const signature = await delivery.verify();
	if (signature instanceof Rejection) return signature;
	const body = await delivery.body();
	const interpreted = await delivery.interpret(body);
	if (interpreted instanceof Rejection) return interpreted;
	const isChecked = !delivery.isTest;
	const wanted = isChecked ? chosen(context, options, interpreted, body.value) : interpreted;
	if (wanted instanceof Rejection) return wanted;
	const isOnce = isChecked && options.ignoreDuplicates;
	const fresh = isOnce ? await firsts(context, delivery, wanted) : wanted;
	if (fresh instanceof Rejection) return fresh;
	const starting = await confirmed(context, delivery, options, fresh);
	if (starting.length === 0) return { webhookResponse: 'OK' };
	const { includeResult, output } = options;
	const items = await inBatches(starting, async (event) => ({
		json: {
			...itemFor(event, { receivedAt, signature, output }),
			...(includeResult && output === 'everything' ? await delivery.fetchResult(event) : {}),
		},
	}));
	return { workflowData: [items] };
}

/** Handles one delivery. Every delivery gets a response: a thrown error would be a failed execution. */
export async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const handled = await settle(startedBy(context));
	if ('reason' in handled) {
		const thrown = handled.reason;
		const reason = thrown instanceof UserError ? thrown.message : reasonFor(thrown);
		return reject(context, new Rejection(503, reason));
	}
	return handled.result instanceof Rejection ? reject(context, handled.result) : handled.result;
}
