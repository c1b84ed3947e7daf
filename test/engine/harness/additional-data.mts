import './environment.mts';
import { ExternalSecretsProxy, type ExecutionLifecycleHooks } from 'n8n-core';
import { UnexpectedError, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { CredentialStore } from './credential-store.mts';
import { InMemoryCredentialsHelper } from './credentials-helper.mts';

const DEFAULT_BASE_URL = 'http://localhost:5678';

const unavailable = (part: string) => async (): Promise<never> => {
	throw new UnexpectedError(`${part} is part of n8n's server, which does not run in these tests`);
};

/** The parts of the additional data that differ between runs and deliveries. */
export interface AdditionalDataOptions {
	credential?: CredentialStore | undefined;
	executionId?: string | undefined;
	hooks?: ExecutionLifecycleHooks | undefined;
	/** The address of n8n, without a trailing slash. */
	baseUrl?: string | undefined;
}

/** Creates the data that n8n passes to the engine with every execution: addresses, credentials, execution ID. */
export function createAdditionalData({
	credential,
	executionId,
	hooks,
	baseUrl = DEFAULT_BASE_URL,
}: AdditionalDataOptions): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: new InMemoryCredentialsHelper(credential),
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		executeWorkflow: unavailable('Running another workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unavailable('The task runner'),
		logAiEvent: () => undefined,
		...(executionId === undefined ? {} : { executionId }),
		...(hooks === undefined ? {} : { hooks }),
	};
}
