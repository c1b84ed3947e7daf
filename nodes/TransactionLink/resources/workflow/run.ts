import { NodeApiError } from 'n8n-workflow';
import { ask, idIn } from '../../../shared/ask';
import {
	asRun,
	createParameterSet,
	parametersIdOf,
	WHERE_DEFINITIONS_ARE,
	type Parameters,
	type Run,
} from '../../../shared/calls';
import type { components } from '../../../shared/wire';
import {
	caseIdentifier,
	definitionIdentifier,
	identifierField,
	parametersIdentifier,
	readIdentifier,
} from '../../fields/identifier';
import { parameterFields } from '../../fields/parameterFields';
import { readParameters } from '../../fields/readParameters';
import { readMaxWait, waitFields } from '../../fields/waiting';
import { type Item, type Operation } from '../../operation';
import { awaitCompletion } from './completion';

/** What the panel says about parameters: the id of a saved set, a set to save first, or nothing. */
type Given = { saved: string } | { toSave: Parameters } | undefined;

function readGiven(item: Item): Given {
	const specified: unknown = item.context.getNodeParameter('specifyParameters', item.index, 'none');
	if (specified === 'saved') return { saved: readIdentifier(item, parametersIdentifier) };
	if (specified === 'fields' || specified === 'json') return { toSave: readParameters(item, specified) };
	return undefined;
}

async function savedId(item: Item, definition: string, given: Given): Promise<string | undefined> {
	if (given === undefined) return undefined;
	if ('saved' in given) return given.saved;
	const id = parametersIdOf(await createParameterSet(item.connection, definition, given.toSave));
	if (id === undefined) {
		throw new NodeApiError(item.context.getNode(), {}, {
			message: 'TransactionLink saved the parameters, and its answer does not tell their ID',
			description: 'Save them with Parameter Set → Create, look at its output, and enter the ID in this step.',
		});
	}
	item.made.parametersId = id;
	return id;
}

function workflowIdOf(item: Item, run: Run): string {
	const id = idIn(run.fields.id);
	if (id !== undefined) return id;
	throw new NodeApiError(item.context.getNode(), {}, {
		message: 'TransactionLink started the run, and its answer does not tell its ID',
		description: 'Look for the run in the TransactionLink dashboard before you run this item again.',
	});
}

type RunForCase = components['schemas']['RunForCase'];

/** `POST /workflows/run` for a case (v1). */
async function runForCase({ connection }: Item, body: RunForCase): Promise<Run> {
	const { caseId, workflowDefinitionId, parametersId } = body;
	const set = parametersId === undefined ? '' : `, or the parameter set ${parametersId}`;
	const fields = await ask(connection, {
		method: 'POST',
		path: '/workflows/run',
		body,
		purpose: {
			action: 'run the workflow',
			subject: `the workflow definition ${workflowDefinitionId}, the case ${caseId}${set}`,
			whereToFind: `${WHERE_DEFINITIONS_ARE} That of a case is the field "caseId" in the output of Case → Create.`,
			creates: true,
		},
	});
	return asRun(fields);
}

export const run: Operation = {
	value: 'run',
	name: 'Run',
	description: 'Run a workflow definition that has no step for the end user, for an existing case',
	action: 'Run a workflow',
	fields: [
		identifierField(definitionIdentifier),
		identifierField(caseIdentifier),
		...parameterFields(
			['none', 'saved', 'fields', 'json'],
			identifierField(parametersIdentifier),
		),
		...waitFields,
	],
	async run(item) {
		const workflowDefinitionId = readIdentifier(item, definitionIdentifier);
		const caseId = readIdentifier(item, caseIdentifier);
		const given = readGiven(item);
		const waits = item.context.getNodeParameter('waitForCompletion', item.index, false) === true;
		const maxWait = waits ? readMaxWait(item) : 0;

		const parametersId = await savedId(item, workflowDefinitionId, given);
		const started = await runForCase(item, {
			caseId,
			workflowDefinitionId,
			...(parametersId === undefined ? {} : { parametersId }),
		});
		const workflowId = workflowIdOf(item, started);
		item.made.workflowId = workflowId;

		const output = waits
			? await awaitCompletion(item, started, workflowId, maxWait)
			: started.fields;
		return [{ json: parametersId === undefined ? output : { ...output, parametersId } }];
	},
};
