import { linkFields, readLinkRequest } from '../../fields/linkFields';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description:
		'Create a link that the end user opens once, to do their steps. The previous link stops working.',
	builderHint: 'For steps that a person goes through in a browser.',
	action: 'Create link',
	fields: linkFields,
	prepare(item) {
		const { request, ids } = readLinkRequest(item);
		return async () => {
			const json = await item.client.object({
				...request,
				path: '/link',
				purpose: { action: 'create the link', ids },
			});
			// Not the link itself, because anyone with the link can open it.
			item.created.link = 'created';
			return [{ json }];
		};
	},
};
