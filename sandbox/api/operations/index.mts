import { authorize, refresh } from './authentication.mts';
import { createCase, getCase } from './cases.mts';
import { startWorkflow } from './executions.mts';
import { uploadFile } from './files.mts';
import { createLink, createWidgetToken, sendLink } from './links.mts';
import { createParameterSet } from './parameters.mts';
import { createRecord, getRecord } from './records.mts';
import { getAttachment, getAttachments, uploadAttachment } from './attachments.mts';
import { getUser, getUsers } from './users.mts';
import { getWebhookKey } from './webhook-keys.mts';
import { getWorkflow, getWorkflowResult, runWorkflow } from './workflows.mts';
import { getWorkspaces } from './workspaces.mts';
import type { Handler } from '../handler.mts';

/** What carries out each operation of the contract, by its `operationId`. */
export const OPERATIONS: Readonly<Record<string, Handler>> = {
	authorize,
	refresh,
	getWebhookKey,
	getWorkspaces,
	getUsers,
	getUser,
	createCase,
	getCase,
	createParameterSet,
	runWorkflow,
	startWorkflow,
	getWorkflow,
	getWorkflowResult,
	createLink,
	sendLink,
	createWidgetToken,
	uploadFile,
	createRecord,
	getRecord,
	uploadAttachment,
	getAttachments,
	getAttachment,
};
