import './environment.mts';
import { ExternalSecretsProxy, type ExecutionLifecycleHooks } from 'n8n-core';
import { UnexpectedError, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { CredentialStore } from './credential-store.mts';
import { InMemoryCredentialsHelper } from './credentials-helper.mts';

const BASE_URL = 'http://localhost:5678';

const absent = (what: string) => async (): Promise<never> => {
	throw new UnexpectedError(`${what} is part of n8n's server, which does not run in these tests`);
};

/** What a run or a delivery may bring along. */
export interface Surroundings {
	credential?: CredentialStore | undefined;
	executionId?: string | undefined;
	hooks?: ExecutionLifecycleHooks | undefined;
}

/** What n8n's server hands to the engine with every execution: addresses, the credentials, the execution's id. */
export function createAdditionalData({
	credential,
	executionId,
	hooks,
}: Surroundings): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: new InMemoryCredentialsHelper(credential),
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		restApiUrl: `${BASE_URL}/rest`,
		instanceBaseUrl: `${BASE_URL}/`,
		formBaseUrl: `${BASE_URL}/form`,
		formWaitingBaseUrl: `${BASE_URL}/form-waiting`,
		formTestBaseUrl: `${BASE_URL}/form-test`,
		webhookBaseUrl: `${BASE_URL}/webhook`,
		webhookWaitingBaseUrl: `${BASE_URL}/webhook-waiting`,
		webhookTestBaseUrl: `${BASE_URL}/webhook-test`,
		mcpBaseUrl: `${BASE_URL}/mcp`,
		mcpTestBaseUrl: `${BASE_URL}/mcp-test`,
		executeWorkflow: absent('Running another workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: absent('The task runner'),
		logAiEvent: () => undefined,
		...(executionId === undefined ? {} : { executionId }),
		...(hooks === undefined ? {} : { hooks }),
	};
}
