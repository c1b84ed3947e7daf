import { textIn } from '../../../shared/json';
import { Form } from '../../../shared/http/form';
import { listField } from '../../../shared/fields/list';
import { inputFileField, readInputFile } from '../../fields/inputFile';
import { readRecordPath, recordPathFields } from '../../fields/recordPath';
import type { Operation } from '../../operation';

const tagsField = listField({
	name: 'tags',
	label: 'Tags',
	placeholder: 'passport,front',
	description: 'Words to find the attachment by, separated by commas',
});

export const upload: Operation = {
	value: 'upload',
	name: 'Upload',
	description: 'Upload a file and attach it to a record',
	action: 'Upload attachment',
	transfersFiles: true,
	fields: [...recordPathFields, inputFileField, tagsField],
	prepare(item) {
		const { path, ids } = readRecordPath(item);
		const tags = tagsField.read(item);
		// Many servers split a list that arrives as one text at its commas.
		if (tags.some((tag) => tag.includes(','))) {
			throw item.rejection('Tags contains a tag with a comma in it', 'Enter tags without commas');
		}
		const openFile = readInputFile(item);
		return async () => {
			const form = new Form();
			form.append('file', await openFile());
			// One form part for each value; TransactionLink only documents that tags are a list.
			for (const tag of tags) form.append('tags', tag);
			const uploaded = await item.client.object({
				method: 'POST',
				path: `${path}/attachments`,
				form,
				purpose: { action: 'take the attachment', creates: 'attachmentId', ids },
			});
			const attachmentId = textIn(uploaded.id);
			if (attachmentId !== undefined) item.created.attachmentId = attachmentId;
			return [{ json: uploaded }];
		};
	},
};
