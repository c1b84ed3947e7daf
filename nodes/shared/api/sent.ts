import type { INode } from 'n8n-workflow';
import { Mask, valuesIn } from '../contract/mask';
import type { Request } from './request';

/** A sent request, for checking its response and building error messages. */
export interface Sent {
	node: INode;
	request: Request;
	/** Whether it contained an organization token. */
	hasOrganizationToken: boolean;
	/** The values of the credential, which must not appear in any text. */
	secrets: readonly string[];
}

/** The words of the API's own paths. Any other part of a path may be a value of the user. */
const WORDS = new Set(
	(
		'attachments cases link organizations parameters records resources result run send tables token users ' +
		'workflows workspaces'
	).split(' '),
);

function pathValues(path: string): string[] {
	return path
		.split(/[/?]/)
		.filter((segment) => !WORDS.has(segment))
		.map((segment) => {
			try {
				return decodeURIComponent(segment);
			} catch {
				return segment;
			}
		});
}

/** Hides the values of the credential and of the request in texts from TransactionLink that repeat them. */
export function maskFor({ request, secrets }: Pick<Sent, 'request' | 'secrets'>): Mask {
	const { body, query, form, path, purpose } = request;
	return new Mask([
		...secrets,
		...valuesIn(body, query, form?.values(), purpose.ids),
		...pathValues(path),
	]);
}
