import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

/** Whom an e-mail goes to. */
export const emailField: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'name@email.com',
	description: 'The address that TransactionLink sends the link to',
};

const EXPECTED = 'Enter an address such as name@email.com';

/** @throws NodeOperationError when a text is not an e-mail address */
export function checkEmail(item: ItemContext, email: string): void {
	if (!/^[^\s@]+@[^\s@]+$/.test(email))
		throw validationError(item, 'Email', 'is not an e-mail address', EXPECTED);
}

/**
 * Reads it for one item.
 *
 * @throws NodeOperationError when it is not an address
 */
export function readEmail(item: ItemContext): string {
	const value: unknown = item.context.getNodeParameter('email', item.index, '');
	const email = typeof value === 'string' ? value.trim() : '';
	if (email === '') throw validationError(item, 'Email', 'is empty', EXPECTED);
	checkEmail(item, email);
	return email;
}
