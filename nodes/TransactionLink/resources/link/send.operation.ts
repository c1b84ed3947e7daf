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
		const { linkFor, body, version, ids } = readLinkRequest(item);
		// With v1, TransactionLink sends it to the contact in the case.
		const addressed = linkFor === 'record' ? { ...body, email: email.read(item) } : body;
		return async () => {
			const json = await item.client.object({
				method: 'POST',
				path: '/link/send',
				body: addressed,
				...version,
				purpose: { action: 'send the link', ids },
			});
			// Not the link itself, because anyone with the link can open it.
			item.created.link = 'sent';
			return [{ json }];
		};
	},
};
