import type { IBinaryData } from 'n8n-workflow';
import { required } from '../../shared/fields/field';
import { cleanText } from '../../shared/fields/hygiene';
import { readName, textField } from '../../shared/fields/text';
import type { FileBytes, FormFile } from '../../shared/http/form';
import { settle } from '../../shared/http/settle';
import type { ItemContext } from '../operation';

/** The file of the input item to send. */
export const inputFileField = required(
	textField(
		{
			name: 'binaryPropertyName',
			label: 'Input Binary Field',
			default: 'data',
			placeholder: 'data',
			hint: 'The name of the input binary field that holds the file',
			description: 'The name of the file under Binary in the output of the node before this one',
			expected:
				'Enter the name that the file has under Binary in the output of the node before this one',
		},
		readName,
	),
);

const LABEL = inputFileField.property.displayName;

function findFile(item: ItemContext, name: string): IBinaryData {
	try {
		return item.context.helpers.assertBinaryData(item.index, name);
	} catch {
		throw item.rejection(
			`${LABEL} names a file that the item does not have`,
			inputFileField.expected,
		);
	}
}

async function sizeOnDisk({ context }: ItemContext, id: string): Promise<number | undefined> {
	const metadata = await settle(context.helpers.getBinaryMetadata(id));
	return 'result' in metadata ? metadata.result.fileSize : undefined;
}

/** A file on disk is read while it is sent; a file in the item is already in memory. */
async function contentOf(
	item: ItemContext,
	file: IBinaryData,
	name: string,
): Promise<{ size: number; open: () => Promise<FileBytes> }> {
	const { helpers } = item.context;
	const { id } = file;
	if (id === undefined || id === '') {
		const bytes = await helpers.getBinaryDataBuffer(item.index, name);
		return { size: bytes.length, open: async () => [bytes] };
	}
	const size = await sizeOnDisk(item, id);
	if (size === undefined) {
		throw item.rejection(
			`${LABEL} names a file that n8n no longer keeps`,
			'Run the workflow from the node that outputs the file',
		);
	}
	return { size, open: async () => await helpers.getBinaryStream(id) };
}

/** Servers reject a file without a name. */
function fileName({ fileName: given, fileExtension }: IBinaryData, field: string): string {
	const name = cleanText(given ?? '');
	if (name !== '') return name;
	return fileExtension === undefined || fileExtension === '' ? field : `${field}.${fileExtension}`;
}

/**
 * Finds the file of an item.
 *
 * @returns a function that returns its name, type and size, and how to open it. It throws NodeOperationError when the
 *   file is empty
 * @throws NodeOperationError when the file is missing
 */
export function readInputFile(item: ItemContext): () => Promise<FormFile> {
	const name = inputFileField.read(item);
	const file = findFile(item, name);
	return async () => {
		const content = await contentOf(item, file, name);
		if (content.size === 0) {
			throw item.rejection(`${LABEL} names an empty file`, 'Send a file that is not empty');
		}
		return { ...content, name: fileName(file, name), type: file.mimeType };
	};
}
