import './environment.mts';
import { createRequire } from 'node:module';

import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import {
	UnexpectedError,
	type IBinaryData,
	type IDataObject,
	type INodeExecutionData,
} from 'n8n-workflow';

/** The container in which n8n-core keeps its services. */
interface ServiceContainer {
	get<Service>(type: new (...parameters: never[]) => Service): Service;
}

// n8n-core and its dependencies may each have their own copy of @n8n/di. The services are in n8n-core's.
const requireFromCore = createRequire(createRequire(import.meta.url).resolve('n8n-core'));
const { Container }: { Container: ServiceContainer } = requireFromCore('@n8n/di');

/** Where n8n stores files: in the items, or, as a new n8n 2 does, in a folder, with an ID in the items. */
export type BinaryDataMode = 'memory' | 'filesystem';

/** A file in the input of the node under test. */
export interface BinaryFile {
	content: Buffer;
	fileName?: string;
	mimeType: string;
}

// All test files of a worker share one n8n-core.
afterAll(async () => await useBinaryData('memory'));

/**
 * Sets where n8n stores files in all later runs of the test file. The default is memory.
 * The folder is temporary and removed when the worker ends.
 */
export async function useBinaryData(mode: BinaryDataMode): Promise<void> {
	Container.get(BinaryDataConfig).mode = mode === 'memory' ? 'default' : 'filesystem';
	await Container.get(BinaryDataService).init();
}

/**
 * Creates an input item with a file, stored as n8n stores it.
 *
 * @param property the field of the file, which "Input Binary Field" names; usually `data`
 */
export async function createBinaryItem(
	property: string,
	{ content, fileName, mimeType }: BinaryFile,
	json: IDataObject = {},
): Promise<INodeExecutionData> {
	const fileExtension = fileName?.split('.').at(-1);
	const metadata: IBinaryData = {
		data: '',
		mimeType,
		...(fileName === undefined ? {} : { fileName }),
		...(fileExtension === undefined ? {} : { fileExtension }),
	};
	const location = {
		type: 'execution',
		workflowId: 'workflow-under-test',
		executionId: '1',
	} as const;
	const stored = await Container.get(BinaryDataService).store(location, content, metadata);
	return { json, binary: { [property]: stored } };
}

/**
 * Reads a file from the output of a node.
 *
 * @throws when the item has no file in this field
 */
export async function readBinary(
	item: INodeExecutionData | undefined,
	property: string,
): Promise<Buffer> {
	const file = item?.binary?.[property];
	if (file === undefined) throw new UnexpectedError(`The item has no file "${property}"`);
	return await Container.get(BinaryDataService).getAsBuffer(file);
}
