import type { INodeProperties } from 'n8n-workflow';
import { textIn } from '../../../shared/json';
import { Form } from '../../../shared/http/form';
import { inputFileField, readInputFile } from '../../fields/inputFile';
import { readRecordPath, recordPathFields } from '../../fields/recordPath';
import { validationError } from '../../fields/validationError';
import type { ItemContext, Operation } from '../../operation';

const tagsField: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. passport,front',
	description: 'Words to find the attachment by, separated by commas',
};

/** As one text: the form's field is a single one, and the vendor does not document how several are told apart. */
function readTags(item: ItemContext): string {
	const value: unknown = item.context.getNodeParameter('tags', item.index, '');
	const tags: unknown[] = Array.isArray(value) ? value : [value];
	if (!tags.every((tag) => typeof tag === 'string')) {
		throw validationError(item, 'Tags', 'is not a text', 'Enter words, separated by commas');
	}
	return tags
		.flatMap((tag) => tag.split(','))
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '')
		.join(',');
}

export const upload: Operation = {
	value: 'upload',
	name: 'Upload',
	description: 'Upload a file and attach it to a record',
	action: 'Upload attachment',
	fields: [...recordPathFields, inputFileField, tagsField],
	async execute(item) {
		const { path, ids } = readRecordPath(item);
		const tags = readTags(item);
		const form = new Form();
		form.append('file', await readInputFile(item));
		if (tags !== '') form.append('tags', tags);
		const uploaded = await item.client.object({
			method: 'POST',
			path: `${path}/attachments`,
			form,
			purpose: { action: 'take the attachment', ids },
		});
		const attachmentId = textIn(uploaded.id);
		if (attachmentId !== undefined) item.createdIds.attachmentId = attachmentId;
		return [{ json: uploaded }];
	},
};
