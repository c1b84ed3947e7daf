import type { Resource } from '../../operation';
import { send } from './send.operation';

export const apiRequestResource: Resource = {
	value: 'apiRequest',
	name: 'API Request',
	description: 'A request that no other operation sends',
	operations: [send],
};
