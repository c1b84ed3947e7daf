import { randomUUID } from 'node:crypto';

import { mapConcurrently } from './map-concurrently.mts';
import type { SandboxProcess } from './sandbox-process.mts';

/** A signed webhook about the completion of one run. */
export interface Delivery {
	runId: string;
	body: string;
	signature: string;
}

/** The signature that the sandbox sends with a body. */
export async function signatureOf({ control }: SandboxProcess, body: string): Promise<string> {
	const { data } = await control.post<{ signature: string }>('/sign', { body });
	return data.signature;
}

/** Creates deliveries of `count` new runs, signed with the sandbox's key. */
export async function signedDeliveries(
	sandbox: SandboxProcess,
	count: number,
): Promise<Delivery[]> {
	return await mapConcurrently(Array.from({ length: count }), 16, async () => {
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
