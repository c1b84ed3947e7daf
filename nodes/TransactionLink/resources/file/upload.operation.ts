import { textIn } from '../../../shared/json';
import { Form } from '../../../shared/http/form';
import { inputFileField, readInputFile } from '../../fields/inputFile';
import type { Operation } from '../../operation';

/** TransactionLink does not document the name of the form field; its attachments use this one. */
const FORM_FIELD = 'file';

export const upload: Operation = {
	value: 'upload',
	name: 'Upload',
	description: 'Upload a file that the documents of a case can then refer to',
	action: 'Upload file',
	transfersFiles: true,
	fields: [inputFileField],
	prepare(item) {
		const openFile = readInputFile(item);
		return async () => {
			const form = new Form();
			form.append(FORM_FIELD, await openFile());
			const uploaded = await item.client.object({
				method: 'POST',
				path: '/resources',
				form,
				purpose: { action: 'take the file', creates: 'resourceId' },
			});
			const resourceId = textIn(uploaded.resourceId);
			if (resourceId !== undefined) item.created.resourceId = resourceId;
			return [{ json: uploaded }];
		};
	},
};
