import './environment.mts';
import { HookContext } from 'n8n-core';
import type { IHookFunctions } from 'n8n-workflow';

import { createTriggerWorkflow, type TriggerOptions } from './trigger-workflow.mts';

/** What n8n asks a trigger to do about its webhook at TransactionLink. */
export type SetupMethod = 'checkExists' | 'create' | 'delete';

/**
 * Calls one of a trigger's `webhookMethods`, as n8n does when a workflow is switched on or off.
 *
 * @param baseUrl the address of n8n, without a trailing slash
 * @returns what the method answers; undefined when the trigger has no such method
 * @throws what the method throws
 */
export async function callSetupMethod(
	method: SetupMethod,
	options: TriggerOptions,
	baseUrl = 'http://localhost:5678',
): Promise<boolean | undefined> {
	const { workflow, node, additionalData, webhook, description } = createTriggerWorkflow(
		options,
		baseUrl,
	);
	const call = options.nodeType.webhookMethods?.[description.name]?.[method];
	const mode = options.mode ?? 'trigger';
	const context = new HookContext(
		workflow,
		node,
		additionalData,
		mode,
		mode === 'manual' ? 'manual' : 'activate',
		webhook,
	);
	// The same interface, but n8n-core was compiled with looser optional properties than this project.
	return await call?.call(context as IHookFunctions);
}
