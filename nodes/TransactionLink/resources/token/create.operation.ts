import { ask } from '../../../shared/api/ask';
import { linkFields, readLinkRequest } from '../../fields/linkFields';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description:
		'Create a token for the widget in your own page, for steps of the end user: for one use within an hour',
	action: 'Create widget token',
	fields: linkFields,
	async execute(item) {
		const { body, version, ifUnknown } = readLinkRequest(item);
		const json = await ask(item.client, {
			method: 'POST',
			path: '/token',
			body,
			...version,
			purpose: { action: 'create the widget token', ...ifUnknown, creates: true },
		});
		return [{ json }];
	},
};
