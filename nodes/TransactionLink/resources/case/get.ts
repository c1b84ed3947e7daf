import { getCase } from '../../../shared/calls';
import { caseIdentifier, identifierField, readIdentifier } from '../../fields/identifier';
import { type Operation } from '../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get what TransactionLink holds on a case',
	action: 'Get a case',
	fields: [identifierField(caseIdentifier)],
	async run(item) {
		return await getCase(item.connection, readIdentifier(item, caseIdentifier));
	},
};
