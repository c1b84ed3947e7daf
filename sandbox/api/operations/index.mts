import { authorize, refresh } from './authentication.mts';
import { createCase, getCase } from './cases.mts';
import { startWorkflow } from './workflows.mts';
import { uploadFile } from './files.mts';
import { createLink, createWidgetToken, sendLink } from './links.mts';
import { createParameterSet } from './workflows.mts';
import { createRecord, getRecord } from './records.mts';
import { getUser, getUsers } from './users.mts';
import { getAttachment, getAttachments, uploadAttachment } from './records.mts';
import { getWebhookKey } from './authentication.mts';
import { getWorkflow, getWorkflowResult, runWorkflow } from './workflows.mts';
import { getWorkspaces } from './authentication.mts';
import type { Handler } from '../../context.mts';

/** The handler of each operation of the contract, by its `operationId`. */
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
