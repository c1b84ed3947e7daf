import { emailField } from '../../../shared/fields/email';
import { required, showWhen } from '../../../shared/fields/field';
import { linkFields, readLinkRequest } from '../../fields/linkFields';
import type { Operation } from '../../operation';

const email = required(emailField('The address that TransactionLink sends the link to'));

export const send: Operation = {
	value: 'send',
	name: 'Send',
	description:
		'Let TransactionLink send a new link: to the contact in the case, or to an e-mail address',
	action: 'Send link',
	fields: [...linkFields, showWhen({ linkFor: ['record'] }, email)],
	prepare(item) {
		const { linkFor, request, ids } = readLinkRequest(item);
		// With v1, TransactionLink sends it to the contact in the case.
		const recipient = linkFor === 'record' ? { email: email.read(item) } : {};
		return async () => {
			const json = await item.client.object({
				...request,
				path: '/link/send',
				body: { ...request.body, ...recipient },
				purpose: { action: 'send the link', ids },
			});
			// Not the link itself, because anyone with the link can open it.
			item.created.link = 'sent';
			return [{ json }];
		};
	},
};
