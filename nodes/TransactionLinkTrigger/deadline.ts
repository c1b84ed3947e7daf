import { sleep } from 'n8n-workflow';
import { monotonicNow } from '../shared/http/clock';

/** TransactionLink waits 10 seconds for a response. */
const DELIVERY_MILLISECONDS = 8_500;

/** The deadline for the response to a delivery. The timer starts with the first wait. */
export class Deadline {
	private readonly expiresAt: number;

	private expiry: Promise<'late'> | undefined;

	constructor(milliseconds = DELIVERY_MILLISECONDS) {
		this.expiresAt = monotonicNow() + milliseconds;
	}

	get isPast(): boolean {
		return monotonicNow() >= this.expiresAt;
	}

	/** Waits for a promise until the deadline. */
	async race<Value>(promise: Promise<Value>): Promise<Value | 'late'> {
		const left = Math.max(0, this.expiresAt - monotonicNow());
		this.expiry ??= sleep(left).then(() => 'late' as const);
		return await Promise.race([promise, this.expiry]);
	}

	/** Pauses. @returns whether there is time left */
	async pause(milliseconds: number): Promise<boolean> {
		return (await this.race(sleep(milliseconds))) !== 'late' && !this.isPast;
	}
}
