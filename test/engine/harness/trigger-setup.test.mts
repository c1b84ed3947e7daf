// The harness calls a trigger's set-up methods as n8n does.

import type { IHookFunctions } from 'n8n-workflow';

import { ExampleTrigger } from './example/example-trigger.mts';
import { callSetupMethod } from './trigger-setup.mts';

/** A trigger whose `checkExists` reads the webhook's address. */
class RegisteringTrigger extends ExampleTrigger {
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return (
					this.getNodeWebhookUrl('default')?.startsWith('https://n8n.example/webhook/') ?? false
				);
			},
			async create() {
				return true;
			},
			async delete() {
				return true;
			},
		},
	};
}

test('calls the set-up methods of a webhook', async () => {
	const nodeType = new RegisteringTrigger();

	expect(await callSetupMethod('checkExists', { nodeType }, 'https://n8n.example')).toBe(true);
	expect(await callSetupMethod('checkExists', { nodeType })).toBe(false);
});

test('accepts a trigger without set-up methods', async () => {
	expect(await callSetupMethod('create', { nodeType: new ExampleTrigger() })).toBeUndefined();
});
