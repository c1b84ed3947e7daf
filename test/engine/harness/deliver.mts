import { startReceiver, type DeliveryOutcome, type ReceiverOptions } from './receiver.mts';
import type { Delivery } from './send-delivery.mts';

/**
 * Sends one delivery to a trigger over HTTP, and returns the trigger's result and the sender's response. For several
 * deliveries, start a receiver.
 *
 * @throws when the trigger returns `noWebhookResponse` and sends no response
 */
export async function deliver(options: ReceiverOptions & Delivery): Promise<DeliveryOutcome> {
	const receiver = await startReceiver(options);
	try {
		return await receiver.deliver(options);
	} finally {
		await receiver.close();
	}
}
