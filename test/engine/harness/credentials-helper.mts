import './environment.mts';
import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	type ICredentialDataDecryptedObject,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { resolveCredentialExpressions } from './credential-expressions.mts';
import { jsonCopy, type CredentialStore } from './credential-store.mts';

/** n8n's name for the temporary node of a credential test. */
const CREDENTIAL_TEST_NODE = 'n8n-nodes-base.noOp';

/**
 * n8n's own helper is not in n8n-core and reads the database. This one reads a `CredentialStore`, and fetches tokens,
 * merges fields and saves them as n8n's does.
 */
export class InMemoryCredentialsHelper extends ICredentialsHelper {
	readonly #store: CredentialStore | undefined;

	/** @param store the only credential; without it, every credential is missing */
	constructor(store: CredentialStore | undefined) {
		super();
		this.#store = store;
	}

	getParentTypes(typeName: string): string[] {
		return this.#typeIfKnown(typeName)?.extends ?? [];
	}

	isCredentialUsableByNode(typeName: string, nodeType: string): boolean {
		const type = this.#typeIfKnown(typeName);
		return (
			type?.restrictToSupportedNodes !== true || (type.supportedNodes ?? []).includes(nodeType)
		);
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.#type(typeName).properties;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.#type(typeName);
		if (authenticate === undefined) return requestOptions;
		// n8n also supports a declarative form, which no credential of this package uses.
		if (typeof authenticate !== 'function')
			throw new UnexpectedError('Only an authenticate function is supported');
		return await authenticate(credentials, requestOptions);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.#type(typeName);
		const token = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.['expirable'] === true,
		);
		if (token === undefined || type.preAuthentication === undefined) return undefined;

		const isCredentialTest = node.type === CREDENTIAL_TEST_NODE && node.parameters['temp'] === '';
		if (credentials[token.name] !== '' && !credentialsExpired && !isCredentialTest)
			return undefined;

		const output = jsonCopy(await type.preAuthentication.call(helpers, credentials));
		if (output[token.name] === undefined || node.credentials === undefined) return undefined;

		const store = this.#find(node.credentials[type.name], type.name);
		const stored = store.stored();
		// A field that contains an expression keeps it; only the token always changes.
		const changes = Object.entries(output).filter(
			([name]) => name === token.name || !isExpression(stored[name]),
		);
		store.update({ ...stored, ...Object.fromEntries(changes) });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.#type(typeName);
		if (preAuthentication === undefined) return undefined;
		return jsonCopy(await preAuthentication.call(helpers, credentials));
	}

	async getCredentials(details: INodeCredentialsDetails, typeName: string): Promise<Credentials> {
		const store = this.#find(details, typeName);
		const credentials = new Credentials(store.reference, typeName);
		await credentials.setData(store.stored());
		return credentials;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		typeName: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		expressionResolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.#find(details, typeName).read();
		if (raw === true) return data;
		const properties = this.getCredentialsProperties(typeName);
		const withDefaults =
			NodeHelpers.getNodeParameters(properties, data, true, false, null, null) ?? {};
		const additionalKeys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		return await resolveCredentialExpressions(withDefaults, {
			mode,
			additionalKeys,
			executeData,
			expressionResolveValues,
		});
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.#find(details, typeName).update(data);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const store = this.#find(details, typeName);
		store.update({ ...store.stored(), ...data });
	}

	#type(typeName: string): ICredentialType {
		const type = this.#typeIfKnown(typeName);
		if (type === undefined) throw new UnexpectedError(`Unknown credential type "${typeName}"`);
		return type;
	}

	#typeIfKnown(typeName: string): ICredentialType | undefined {
		const type = this.#store?.type;
		return type?.name === typeName ? type : undefined;
	}

	#find(details: INodeCredentialsDetails | undefined, typeName: string): CredentialStore {
		const store = this.#store;
		if (store === undefined || store.type.name !== typeName || store.reference.id !== details?.id) {
			throw new UnexpectedError(
				`Credential with ID "${details?.id}" does not exist for type "${typeName}"`,
			);
		}
		return store;
	}
}
