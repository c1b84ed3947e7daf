import type { Resource } from '../operation';
import { apiRequestResource } from './apiRequest';
import { attachmentResource } from './attachment';
import { caseResource } from './case';
import { fileResource } from './file';
import { linkResource } from './link';
import { parametersResource } from './parameters';
import { recordResource } from './record';
import { tokenResource } from './token';
import { workflowResource } from './workflow';

/** All that the action node can do; the panel starts with the first. */
export const resources: [Resource, ...Resource[]] = [
	caseResource,
	apiRequestResource,
	attachmentResource,
	fileResource,
	linkResource,
	parametersResource,
	recordResource,
	tokenResource,
	workflowResource,
];
