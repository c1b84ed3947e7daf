import type { INodeParameters } from 'n8n-workflow';
import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { TransactionLinkApi } from '../../credentials/TransactionLinkApi.credentials.ts';
import { TransactionLink } from '../../nodes/TransactionLink/TransactionLink.node.ts';
import { sandboxOfWorker, type SharedSandbox } from '../environment/sandboxes/of-worker.mts';
import {
	createCredentialStore,
	runNode,
	startRun,
	type CredentialStore,
	type RunOptions,
	type RunOutcome,
	type StartedRun,
} from './harness/index.mts';

/** The sandbox's workflow definitions, named by the behaviour of their runs. */
export const definitions = {
	completesSoon: DEFINITION_IDS.companyCheck,
	goesThroughAwaiting: DEFINITION_IDS.identityCheck,
	fails: DEFINITION_IDS.failingCheck,
	takesAMinute: DEFINITION_IDS.slowCheck,
	needsAmount: DEFINITION_IDS.creditCheck,
	hasStepsForTheUser: DEFINITION_IDS.hostedOnboarding,
} as const;

/** A request that the sandbox has recorded. */
export interface RecordedRequest {
	operationId: string | null;
	/** Including the query. */
	path: string;
	/** The time of arrival, ISO 8601. */
	at: string;
	/** Null if the sandbox closed the connection without a response. */
	status: number | null;
	body: unknown;
	accept: string | null;
	contentType: string | null;
	/** The kind of credential in the request. */
	authorization: string;
}

/** An account at the sandbox, for which tests run the action node. */
export interface Account {
	sandbox: SharedSandbox;
	/** Creates a credential with the sandbox's API key. `data` overrides its fields. */
	credential(data?: Record<string, string>): CredentialStore;
	/** Runs the action node in n8n's engine. */
	run(parameters: INodeParameters, options?: Partial<RunOptions>): Promise<RunOutcome>;
	/** Starts the action node, so that a test can cancel it. */
	start(parameters: INodeParameters, options?: Partial<RunOptions>): StartedRun;
	/** Creates a case and returns its ID. */
	newCase(): Promise<string>;
	/** Returns the recorded requests of an operation. */
	requests(operationId: string): Promise<RecordedRequest[]>;
	/** Adds a fault to the next requests of an operation. */
	fault(fault: Record<string, unknown>): Promise<void>;
	/** Returns the number of requests for an access token. */
	exchanges(): Promise<number>;
	/** Changes settings of the sandbox. */
	set(settings: Record<string, unknown>): Promise<void>;
	/** Resets the sandbox: no cases, no requests, no faults. */
	reset(): Promise<void>;
}

function expectSuccess({ status, data }: { status: number; data: unknown }): void {
	if (status > 299)
		throw new Error(`The sandbox's control API responded ${status}: ${JSON.stringify(data)}`);
}

/** Resets the sandbox of this worker and returns an account there. */
export async function openAccount(): Promise<Account> {
	const sandbox = await sandboxOfWorker();
	const { control } = sandbox;
	const credential = (data: Record<string, string> = {}): CredentialStore =>
		createCredentialStore(new TransactionLinkApi(), {
			authentication: 'apiKey',
			apiKey: 'sandbox-key',
			apiSecret: 'sandbox-secret',
			baseUrl: sandbox.url,
			...data,
		});
	const start = (parameters: INodeParameters, options: Partial<RunOptions> = {}): StartedRun =>
		startRun({ nodeType: new TransactionLink(), credential: credential(), parameters, ...options });
	const run = async (
		parameters: INodeParameters,
		options: Partial<RunOptions> = {},
	): Promise<RunOutcome> =>
		await runNode({
			nodeType: new TransactionLink(),
			credential: credential(),
			parameters,
			...options,
		});
	const requests = async (operationId: string): Promise<RecordedRequest[]> => {
		const { data } = await control.get<RecordedRequest[]>('/calls', { params: { operationId } });
		return data;
	};
	return {
		sandbox,
		credential,
		start,
		run,
		newCase: async () => {
			const { output } = await run({
				resource: 'case',
				operation: 'create',
				additionalFields: { companyName: 'Nordlys AB' },
			});
			return String(output[0]?.[0]?.json['caseId']);
		},
		requests,
		fault: async (fault) => expectSuccess(await control.post('/faults', fault)),
		exchanges: async () => (await requests('authorize')).length,
		set: async (settings) => expectSuccess(await control.patch('/settings', settings)),
		reset: async () => expectSuccess(await control.post('/reset')),
	};
}
