import type { SampleDefinition } from './definitions.mts';

/** The case or record of a run, link or token. */
export interface Subject {
	caseId?: string;
	recordId?: string;
}

/** A case, exactly as the API returns it. */
export interface Case {
	createdDate: string;
	caseId: string;
	partyId: string;
	partyDetails: {
		personal: Record<string, unknown>;
		business: Record<string, unknown>;
		documents: unknown[];
	};
}

/** Parameters saved for later runs. */
export interface ParameterSet {
	id: string;
	workflowDefinitionId: string;
	parameters: Record<string, unknown>;
}

/** One run (v1, v2) or execution (v3) of a definition. */
export interface Run {
	id: string;
	definition: SampleDefinition;
	/** A run was started by v1 or v2, an execution by v3; their responses differ. */
	kind: 'run' | 'execution';
	subject: Subject;
	/** The party of the case, or a new one. */
	partyId: string;
	parameters: Record<string, unknown>;
	status: string;
	createdAt: string;
	changedAt: string;
	/** Executions only. */
	locale?: string;
	expiresAt?: string;
	/** Executions with a step for the end user only. */
	link?: string;
	token?: string;
}

/** A link or widget token for an end user. */
export interface Invitation {
	token: string;
	kind: 'link' | 'widgetToken';
	link: string;
	subject: Subject;
	definition: SampleDefinition;
	parameters: Record<string, unknown>;
	language: string | null;
	/** The recipient, if it was sent. */
	sentTo: string | null;
	/** The execution that waits for the end user, if it was already started. */
	runId: string | null;
	state: 'open' | 'used' | 'void';
	createdAt: string;
}

/** A row of a table. */
export interface StoredRecord {
	id: string;
	tableId: string;
	version: number;
	createdAt: string;
	updatedAt: string;
	columns: Record<string, unknown>;
}

/** A file attached to a record. */
export interface Attachment {
	id: string;
	recordId: string;
	name: string;
	type: string;
	tags: string[];
	createdDateTime: string;
	content: Buffer;
}

/** A file for the documents of cases. */
export interface StoredFile {
	resourceId: string;
	resourceName: string;
	resourcePath: string;
	size: number;
}

/** All data of the API, in memory only. */
export class State {
	readonly cases = new Map<string, Case>();
	readonly parameterSets = new Map<string, ParameterSet>();
	readonly runs = new Map<string, Run>();
	readonly invitations = new Map<string, Invitation>();
	readonly records = new Map<string, StoredRecord>();
	readonly attachments = new Map<string, Attachment>();
	readonly files = new Map<string, StoredFile>();
	/** Access tokens, and when each expires (milliseconds since 1970). */
	readonly accessTokens = new Map<string, number>();
	readonly refreshTokens = new Set<string>();
	/** The number of issued access tokens, by request. */
	readonly exchanges = { authorize: 0, refresh: 0 };

	/** Deletes everything. */
	clear(): void {
		const collections = [
			this.cases,
			this.parameterSets,
			this.runs,
			this.invitations,
			this.records,
			this.attachments,
			this.files,
			this.accessTokens,
			this.refreshTokens,
		];
		for (const collection of collections) collection.clear();
		this.exchanges.authorize = 0;
		this.exchanges.refresh = 0;
	}
}
