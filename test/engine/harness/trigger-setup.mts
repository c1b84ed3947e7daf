import './environment.mts';
import { HookContext } from 'n8n-core';
import type { IHookFunctions } from 'n8n-workflow';

import { createTriggerWorkflow, type TriggerOptions } from './trigger-workflow.mts';

/** A method of a trigger that looks up, registers or removes its webhook. */
export type SetupMethod = 'checkExists' | 'create' | 'delete';

/**
 * Calls one of a trigger's `webhookMethods`, as n8n does when a workflow is activated or deactivated.
 *
 * @param baseUrl the address of n8n, without a trailing slash
 * @returns the method's return value; undefined if the trigger has no such method
 * @throws the method's error
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
	const setupMethod = options.nodeType.webhookMethods?.[description.name]?.[method];
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
	return await setupMethod?.call(context as IHookFunctions);
}
