import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../operation';
import { refusal } from './refusal';

/** Whom an e-mail goes to. */
export const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'name@email.com',
	description: 'Whom TransactionLink sends the link to',
};

/**
 * Reads it for one item.
 *
 * @throws NodeOperationError when it is not an address
 */
export function readEmail(item: Item): string {
	const value: unknown = item.context.getNodeParameter('email', item.index, '');
	const email = typeof value === 'string' ? value.trim() : '';
	if (email === '') throw refusal(item, 'Email', 'is empty', 'Enter an address such as name@email.com');
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
		throw refusal(item, 'Email', 'is not an e-mail address', 'Enter an address such as name@email.com');
	}
	return email;
}
