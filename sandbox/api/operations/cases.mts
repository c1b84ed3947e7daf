import { randomUUID } from 'node:crypto';
import { uploadedFile } from '../content.mts';
import { json } from '../response.mts';
import { fieldOf, pick } from '../fields.mts';
import { orNotFound } from '../error.mts';
import type { Case, State } from '../../state.mts';
import type { Handler } from '../../sandbox.mts';

/** Creates a case from the fields of a person or a company. */
export function addCase(body: unknown, state: State): Case {
	const documents = fieldOf(body, 'documents');
	const created: Case = {
		createdDate: new Date().toISOString(),
		caseId: randomUUID(),
		partyId: randomUUID(),
		partyDetails: {
			personal: pick(body, ['firstName', 'lastName', 'personalNumber', 'email', 'phone']),
			business: pick(body, ['companyNumber', 'companyName', 'companyAddress']),
			documents: Array.isArray(documents) ? documents : [],
		},
	};
	state.cases.set(created.caseId, created);
	return created;
}

/** `POST /cases`: creates a case. */
export const createCase: Handler = ({ body }, { state }) => json(201, addCase(body, state));

/** `GET /cases/{caseId}`: the same object. */
export const getCase: Handler = ({ parameters: { caseId = '' } }, { state }) => {
	return json(200, orNotFound(state.cases.get(caseId), 'case', caseId));
};

/** `POST /resources`: stores a file for the documents of cases. */
export const uploadFile: Handler = ({ content }, { state }) => {
	const { name, size } = uploadedFile(content);
	const resourceId = randomUUID();
	const document = { resourceId, resourcePath: `resources/${resourceId}`, resourceName: name };
	state.files.set(resourceId, { ...document, size });
	return json(201, document);
};
