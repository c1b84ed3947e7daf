import { authorize, getWebhookKey, getWorkspaces, refresh } from './authentication.mts';
import { createCase, getCase, uploadFile } from './cases.mts';
import { createLink, createWidgetToken, sendLink } from './links.mts';
import {
	createRecord,
	getAttachment,
	getAttachments,
	getRecord,
	uploadAttachment,
} from './records.mts';
import { getUser, getUsers } from './users.mts';
import {
	createParameterSet,
	getWorkflow,
	getWorkflowResult,
	runWorkflow,
	startWorkflow,
} from './workflows.mts';
import type { Handler } from '../../sandbox.mts';

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
