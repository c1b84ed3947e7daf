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

/** All resources of the action node; the first one is the default. */
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
