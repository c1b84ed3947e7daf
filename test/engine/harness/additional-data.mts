import './environment.mts';
import { ExternalSecretsProxy, type ExecutionLifecycleHooks } from 'n8n-core';
import { UnexpectedError, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { CredentialStore } from './credential-store.mts';
import { InMemoryCredentialsHelper } from './credentials-helper.mts';

const NOWHERE = 'http://localhost:5678';

const absent = (what: string) => async (): Promise<never> => {
	throw new UnexpectedError(`${what} is part of n8n's server, which does not run in these tests`);
};

/** Optional data of a run or a delivery. */
export interface Surroundings {
	credential?: CredentialStore | undefined;
	executionId?: string | undefined;
	hooks?: ExecutionLifecycleHooks | undefined;
	/** The address of n8n, without a trailing slash. */
	baseUrl?: string | undefined;
}

/** What n8n's server hands to the engine with every execution: addresses, the credentials, the execution's id. */
export function createAdditionalData({
	credential,
	executionId,
	hooks,
	baseUrl = NOWHERE,
}: Surroundings): IWorkflowExecuteAdditionalData {
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
		executeWorkflow: absent('Running another workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: absent('The task runner'),
		logAiEvent: () => undefined,
		...(executionId === undefined ? {} : { executionId }),
		...(hooks === undefined ? {} : { hooks }),
	};
}
