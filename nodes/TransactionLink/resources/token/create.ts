import { ask } from '../../../shared/ask';
import { linkFields, readLinkRequest } from '../../fields/linkFields';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description:
		'Create a token with which the widget in your own page lets the end user do their steps, once and within an hour',
	action: 'Create widget token',
	fields: linkFields,
	async run(item) {
		const { body, version, ifUnknown } = readLinkRequest(item);
		const json = await ask(item.connection, {
			method: 'POST',
			path: '/token',
			body,
			...version,
			purpose: { action: 'create the widget token', ...ifUnknown, creates: true },
		});
		return [{ json }];
	},
};
