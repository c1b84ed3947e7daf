import { startReceiver, type DeliveryOutcome, type ReceiverOptions } from './receiver.mts';
import type { Delivery } from './send-delivery.mts';

/**
 * Sends one delivery to a trigger, over HTTP, and tells both what the trigger made of it and what the sender got.
 * For several deliveries, or two side by side, start a receiver.
 *
 * @throws when the trigger says that it answers by itself and does not
 */
export async function deliver(options: ReceiverOptions & Delivery): Promise<DeliveryOutcome> {
	const receiver = await startReceiver(options);
	try {
		return await receiver.deliver(options);
	} finally {
		await receiver.close();
	}
}
