import { linkFields, readLinkRequest } from '../../fields/linkFields';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description:
		'Create a token for the widget in your own page, for steps of the end user: for one use within an hour',
	action: 'Create widget token',
	fields: linkFields,
	prepare(item) {
		const { request, ids } = readLinkRequest(item);
		return async () => {
			const json = await item.client.object({
				...request,
				path: '/token',
				purpose: { action: 'create the widget token', ids },
			});
			// Not the token itself, because anyone can open the widget with it.
			item.created.token = 'created';
			return [{ json }];
		};
	},
};
