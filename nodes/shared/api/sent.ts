import type { INode } from 'n8n-workflow';
import { Mask, valuesIn } from '../contract/mask';
import type { Request } from './request';

/** A request that was sent, for those who check its response and put errors into words. */
export interface Sent {
	node: INode;
	request: Request;
	/** Whether it carried an organization token. */
	hasOrganizationToken: boolean;
	/** The values of the credential, which must not appear in any text. */
	secrets: readonly string[];
}

/** The words of the API's own paths. Whatever else stands in a path may be a value of the user's. */
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

/** Hides the values of the credential and of the request in whatever TransactionLink repeats of them. */
export function maskFor({ request, secrets }: Sent): Mask {
	const { body, query, form, path, purpose } = request;
	return new Mask([
		...secrets,
		...valuesIn(body, query, form?.values(), purpose.ids),
		...pathValues(path),
	]);
}
