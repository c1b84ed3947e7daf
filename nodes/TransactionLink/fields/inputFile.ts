import type { IBinaryData, INodeProperties } from 'n8n-workflow';
import type { FileBytes, FormFile } from '../../shared/http/form';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

const LABEL = 'Input Binary Field';

/** Which file of the input item is sent. */
export const inputFileField: INodeProperties = {
	displayName: LABEL,
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input binary field that holds the file',
	description: 'Where the node before this one put the file, as its output shows under Binary',
};

function findFile(item: ItemContext, field: string): IBinaryData {
	try {
		return item.context.helpers.assertBinaryData(item.index, field);
	} catch {
		throw validationError(
			item,
			LABEL,
			`names "${field}", and the item has no such file`,
			'Enter the name under which the node before this one shows the file in its output, under Binary',
		);
	}
}

async function sizeOnDisk({ context }: ItemContext, id: string): Promise<number | undefined> {
	const [asked] = await Promise.allSettled([context.helpers.getBinaryMetadata(id)]);
	return asked.status === 'fulfilled' ? asked.value.fileSize : undefined;
}

/** A file that n8n keeps on a disk is read while it is sent; one that it keeps in the item is in memory already. */
async function contentOf(
	item: ItemContext,
	file: IBinaryData,
	field: string,
): Promise<{ size: number; open: () => Promise<FileBytes> }> {
	const { helpers } = item.context;
	const { id } = file;
	if (id === undefined || id === '') {
		const bytes = await helpers.getBinaryDataBuffer(item.index, field);
		return { size: bytes.length, open: async () => [bytes] };
	}
	const size = await sizeOnDisk(item, id);
	if (size === undefined) {
		throw validationError(
			item,
			LABEL,
			`names "${field}", a file that n8n does not keep any more`,
			'Run the workflow from the node that makes the file',
		);
	}
	return { size, open: async () => await helpers.getBinaryStream(id) };
}

/**
 * Finds the file of one item that is to be sent.
 *
 * @returns its name, type and size, and how to open it
 * @throws NodeOperationError when there is none, or nothing is in it
 */
export async function readInputFile(item: ItemContext): Promise<FormFile> {
	const entered: unknown = item.context.getNodeParameter('binaryPropertyName', item.index, 'data');
	const field = typeof entered === 'string' ? entered.trim() : '';
	if (field === '') {
		throw validationError(item, LABEL, 'is empty', 'Enter the name of the field, such as data');
	}
	const file = findFile(item, field);
	const content = await contentOf(item, file, field);
	if (content.size === 0) {
		throw validationError(
			item,
			LABEL,
			`names "${field}", and that file is empty`,
			'Send a file that has something in it',
		);
	}
	return {
		...content,
		name:
			file.fileName ??
			`${field}${file.fileExtension === undefined ? '' : `.${file.fileExtension}`}`,
		type: file.mimeType,
	};
}
