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

// n8n-core and the packages it is made of may each bring a container of their own. This must be n8n-core's.
const requireFromCore = createRequire(createRequire(import.meta.url).resolve('n8n-core'));
const { Container }: { Container: ServiceContainer } = requireFromCore('@n8n/di');

/** Where n8n keeps files: in the items themselves, or, as a new n8n 2 does, in a folder with an id in the items. */
export type BinaryDataMode = 'memory' | 'filesystem';

/** A file that a node before the one under test emits. */
export interface BinaryFile {
	content: Buffer;
	fileName?: string;
	mimeType: string;
}

// The next test file has the same n8n-core.
afterAll(async () => await useBinaryData('memory'));

/**
 * Chooses where n8n keeps files, for all later runs of the test file. Without it, it is in memory.
 * The folder is a temporary one, which goes when the worker ends.
 */
export async function useBinaryData(mode: BinaryDataMode): Promise<void> {
	Container.get(BinaryDataConfig).mode = mode === 'memory' ? 'default' : 'filesystem';
	await Container.get(BinaryDataService).init();
}

/**
 * Makes an input item that carries a file, stored the way n8n stores it.
 *
 * @param property the name a node's "Input Binary Field" refers to, usually `data`
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
 * Reads a file that a node put out.
 *
 * @throws when the item carries no file under this property
 */
export async function readBinary(
	item: INodeExecutionData | undefined,
	property: string,
): Promise<Buffer> {
	const file = item?.binary?.[property];
	if (file === undefined) throw new UnexpectedError(`The item carries no file "${property}"`);
	return await Container.get(BinaryDataService).getAsBuffer(file);
}
