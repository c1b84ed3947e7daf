import {
	isExpression,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type Workflow,
} from 'n8n-workflow';

const PARTS = ['headers', 'qs', 'body', 'auth'] as const;

/**
 * Adds what a credential's declarative `authenticate` says to a request, with its expressions resolved.
 *
 * @returns the same request options, changed in place as n8n does
 */
export function authenticateGenerically(
	authenticate: IAuthenticateGeneric,
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	workflow: Workflow,
	node: INode,
): IHttpRequestOptions {
	const resolve = (text: string): string => {
		if (!isExpression(text)) return text;
		const keys = { $credentials: credentials };
		const value = workflow.expression.getSimpleParameterValue(node, text, 'internal', keys, undefined, '');
		return value ? String(value) : '';
	};
	for (const part of PARTS) {
		const additions: IDataObject = {};
		for (const [name, value] of Object.entries(authenticate.properties[part] ?? {})) {
			additions[resolve(name)] = resolve(String(value));
		}
		if (Object.keys(additions).length === 0) continue;
		Object.assign(requestOptions, { [part]: Object.assign(requestOptions[part] ?? {}, additions) });
	}
	return requestOptions;
}
