import { randomUUID } from 'node:crypto';
import { json } from '../answer.mts';
import { uploadedFile } from './uploads.mts';
import type { Handler } from '../handler.mts';

/** `POST /resources`: takes a file that documents of cases can refer to. */
export const uploadFile: Handler = ({ content }, { state }) => {
	const { name, size } = uploadedFile(content);
	const resourceId = randomUUID();
	const document = { resourceId, resourcePath: `resources/${resourceId}`, resourceName: name };
	state.files.set(resourceId, { ...document, size });
	return json(201, document);
};
