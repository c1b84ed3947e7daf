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

/** The sample definitions of the sandbox that the tests run. */
export const definitions = {
	completesSoon: DEFINITION_IDS.companyCheck,
	goesThroughAwaiting: DEFINITION_IDS.identityCheck,
	fails: DEFINITION_IDS.failingCheck,
	takesAMinute: DEFINITION_IDS.slowCheck,
	needsAmount: DEFINITION_IDS.creditCheck,
	hasStepsForThePerson: DEFINITION_IDS.hostedOnboarding,
} as const;

/** What the sandbox remembers of a call. */
export interface RecordedCall {
	operationId: string | null;
	/** With the query. */
	path: string;
	/** When it came in, ISO 8601. */
	at: string;
	/** Null when the connection was cut in place of an answer. */
	status: number | null;
	body: unknown;
	accept: string | null;
	contentType: string | null;
	/** The kind of credential that came along. */
	authorization: string;
}

/** Someone with an account at the sandbox who runs the action node. */
export interface Account {
	sandbox: SharedSandbox;
	/** A credential with the sandbox's API key, or with what is given instead. */
	credential(data?: Record<string, string>): CredentialStore;
	/** Runs the action node in n8n's engine. */
	run(parameters: INodeParameters, options?: Partial<RunOptions>): Promise<RunOutcome>;
	/** The same, to be cancelled. */
	start(parameters: INodeParameters, options?: Partial<RunOptions>): StartedRun;
	/** Makes a case and gives its id. */
	newCase(): Promise<string>;
	/** The number of requests for an operation. */
	calls(operationId: string): Promise<RecordedCall[]>;
	/** Adds a fault to the next requests of an operation. */
	fault(order: Record<string, unknown>): Promise<void>;
	/** The number of requests for an access token. */
	exchanges(): Promise<number>;
	set(settings: Record<string, unknown>): Promise<void>;
	/** Resets the sandbox: no cases, no requests, no faults. */
	reset(): Promise<void>;
}

function expectDone({ status, data }: { status: number; data: unknown }): void {
	if (status > 299)
		throw new Error(`The sandbox's control answered ${status}: ${JSON.stringify(data)}`);
}

/** Opens an account at the sandbox of this worker, which is reset. */
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
	const calls = async (operationId: string): Promise<RecordedCall[]> => {
		const { data } = await control.get<RecordedCall[]>('/calls', { params: { operationId } });
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
		calls,
		fault: async (order) => expectDone(await control.post('/faults', order)),
		exchanges: async () => (await calls('authorize')).length,
		set: async (settings) => expectDone(await control.patch('/settings', settings)),
		reset: async () => expectDone(await control.post('/reset')),
	};
}
