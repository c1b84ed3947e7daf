import { randomUUID } from 'node:crypto';
import { json } from '../answer.mts';
import { fieldOf, pick } from '../fields.mts';
import { found } from '../refusal.mts';
import type { Case } from '../../state.mts';
import type { Handler } from '../../context.mts';

/** `POST /cases`: creates a case of what is known of a person or a company. */
export const createCase: Handler = ({ body }, { state }) => {
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
	return json(201, created);
};

/** `GET /cases/{caseId}`: the same object again. */
export const getCase: Handler = ({ parameters: { caseId = '' } }, { state }) => {
	return json(200, found(state.cases.get(caseId), 'case', caseId));
};
