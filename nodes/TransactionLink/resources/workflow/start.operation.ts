import { CHECK_PARAMETERS, type WorkflowParameters } from '../../../shared/api/endpoints';
import { readRun, type Run } from '../../../shared/api/run';
import { defined } from '../../../shared/json';
import type { components } from '../../../shared/contract/wire.generated';
import { expiryFields, readExpiry } from '../../fields/expiry';
import { definitionIdField, optionalRecordIdField } from '../../fields/identifiers';
import { localeField } from '../../fields/locale';
import { parameters, specifyParametersField } from '../../fields/parameterFields';
import { readOptionalWaiting, waitFields, waitOptions } from '../../fields/waiting';
import type { ItemContext, Operation } from '../../operation';
import { startedRun } from './startedRun';
import { readSimplify, simplifyField } from './simplify';

type NewExecution = components['schemas']['NewExecution'];

const specifyParameters = specifyParametersField('none', 'fields', 'json');

function readGiven(item: ItemContext): WorkflowParameters {
	const specified = specifyParameters.read(item);
	// Required by TransactionLink, at least as an empty object (documented).
	return specified === 'none' ? {} : parameters[specified].read(item);
}

/** Reads the request's body, and returns it at the time at which it is sent. */
function readExecution(item: ItemContext): () => NewExecution {
	const recordId = optionalRecordIdField.read(item);
	const expiry = readExpiry(item);
	const fields = {
		workflowDefinitionId: definitionIdField.read(item),
		locale: localeField.read(item),
		parameters: readGiven(item),
		...defined({ recordId }),
	};
	return () =>
		expiry ? { ...fields, expiresAt: new Date(expiry(Date.now())).toISOString() } : fields;
}

async function start(item: ItemContext, body: NewExecution): Promise<Run> {
	const { workflowDefinitionId, recordId } = body;
	return readRun(
		await item.client.object({
			method: 'POST',
			path: '/workflows',
			body,
			purpose: {
				action: 'start the execution',
				creates: 'workflowId',
				ids: { workflowDefinitionId, ...defined({ recordId }) },
				check: CHECK_PARAMETERS,
			},
		}),
	);
}

export const startOperation: Operation = {
	value: 'start',
	name: 'Start Execution',
	description:
		'For workspaces with tables and records. Returns a link if the definition has steps for the end user.',
	action: 'Start workflow with steps for end user',
	builderHint: 'For workspaces with tables, or for a link that a person opens.',
	fields: [
		definitionIdField,
		localeField,
		optionalRecordIdField,
		specifyParameters,
		parameters.fields,
		parameters.json,
		...expiryFields,
		...waitFields,
		simplifyField,
	],
	options: waitOptions,
	prepare(item) {
		const execution = readExecution(item);
		const waiting = readOptionalWaiting(item);
		const simplify = readSimplify(item);
		return async () => {
			const started = await start(item, execution());
			return [{ json: simplify(await startedRun(item, started, waiting)) }];
		};
	},
};
