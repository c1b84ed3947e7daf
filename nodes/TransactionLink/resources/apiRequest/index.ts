import type { Resource } from '../../operation';
import { send } from './send.operation';

export const apiRequestResource: Resource = {
	value: 'apiRequest',
	name: 'API Request',
	description: 'Any other endpoint of TransactionLink',
	operations: [send],
};
