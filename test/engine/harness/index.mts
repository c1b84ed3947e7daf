export {
	createBinaryItem,
	readBinary,
	useBinaryData,
	type BinaryDataMode,
	type BinaryFile,
} from './binary-data.mts';
export { createCredentialStore, type CredentialStore } from './credential-store.mts';
export { deliver } from './deliver.mts';
export type { InputItem } from './items-source.mts';
export {
	startLocalServer,
	type CannedResponse,
	type ReceivedRequest,
	type LocalServer,
} from './local-server.mts';
export {
	startReceiver,
	type DeliveryOutcome,
	type HandledDelivery,
	type Receiver,
	type ReceiverOptions,
} from './receiver.mts';
export {
	runNode,
	startRun,
	type NodeSettings,
	type RunOptions,
	type StartedRun,
} from './run-node.mts';
export { errorOf, type RunOutcome, type ShownError } from './run-outcome.mts';
export type { Delivery, DeliveryResponse } from './send-delivery.mts';
export { callSetupMethod, type SetupMethod } from './trigger-setup.mts';
export type { TriggerOptions } from './trigger-workflow.mts';
