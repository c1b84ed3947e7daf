import type { Resource } from '../operation';
import { caseResource } from './case';
import { parametersResource } from './parameters';
import { workflowResource } from './workflow';

/** All that the action node can do; the panel starts with the first. */
export const resources: [Resource, ...Resource[]] = [caseResource, parametersResource, workflowResource];
