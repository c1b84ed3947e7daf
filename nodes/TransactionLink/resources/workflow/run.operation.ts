import type { IDataObject } from 'n8n-workflow';
import { CHECK_PARAMETERS } from '../../../shared/api/endpoints';
import { readRun, type Run } from '../../../shared/api/run';
import type { Request } from '../../../shared/api/request';
import type { components } from '../../../shared/contract/wire.generated';
import { definitionIdField } from '../../fields/identifiers';
import { readSubject, runForFields, type Subject } from '../../fields/runFor';
import { readOptionalWaiting, waitFields, waitOptions, type Waiting } from '../../fields/waiting';
import type { ItemContext, Operation } from '../../operation';
import { readGiven, runParameterFields, saveParametersIfNew, type Given } from './runParameters';
import { startedRun } from './startedRun';
import { createCaseIfNew } from './subjectCase';
import { defined } from '../../../shared/json';

type RunForCase = components['schemas']['RunForCase'];
type RunForRecord = components['schemas']['RunForRecord'];

/** v1 runs for a case, v2 for a record or nothing; only the version distinguishes them. */
type Order = { version: 1; body: RunForCase } | { version: 2; body: RunForRecord };

/** `POST /workflows/run`. */
async function startRun({ client, created }: ItemContext, { version, body }: Order): Promise<Run> {
	// TransactionLink knows an ID that it has just returned, so it is not the missing one.
	const entered = Object.fromEntries(Object.entries(body).filter(([name]) => !(name in created)));
	const call: Request = {
		method: 'POST',
		path: '/workflows/run',
		body,
		...(version === 2 ? { version } : {}),
		purpose: {
			action: 'run the workflow',
			creates: 'workflowId',
			ids: entered,
			// Documented: only definitions without such steps can be run.
			check:
				`${CHECK_PARAMETERS} Steps of the end user need a person: for such a definition, use ` +
				'Workflow → Start Execution or Link → Create.',
		},
	};
	return readRun(await client.object(call), version === 2 ? version : undefined);
}

/** All fields of the operation. */
interface Fields {
	workflowDefinitionId: string;
	subject: Subject;
	given: Given;
	waiting: Waiting | undefined;
}

async function run(
	item: ItemContext,
	{ workflowDefinitionId, subject, given, waiting }: Fields,
): Promise<IDataObject> {
	const parametersId = await saveParametersIfNew(item, workflowDefinitionId, given);
	// Last, so that a rejected definition or parameter set does not leave a case behind.
	const caseId = await createCaseIfNew(item, subject);
	const common = { workflowDefinitionId, ...defined({ parametersId }) };
	const started = await startRun(
		item,
		caseId !== undefined
			? { version: 1, body: { caseId, ...common } }
			: {
					version: 2,
					body: { ...common, ...(subject.kind === 'record' ? { recordId: subject.recordId } : {}) },
				},
	);
	return {
		...(await startedRun(item, started, waiting)),
		...defined({ caseId, parametersId }),
	};
}

export const runOperation: Operation = {
	value: 'run',
	name: 'Run',
	description:
		'Run a workflow definition without steps for the end user. Can create the case first, and wait for the result.',
	action: 'Run workflow for case or record',
	builderHint:
		'For checks without steps for a person. Waiting puts outcome and result into the output.',
	fields: [definitionIdField, ...runForFields, ...runParameterFields, ...waitFields],
	options: waitOptions,
	prepare(item) {
		const fields = {
			workflowDefinitionId: definitionIdField.read(item),
			subject: readSubject(item),
			given: readGiven(item),
			waiting: readOptionalWaiting(item),
		};
		return async () => [{ json: await run(item, fields) }];
	},
};
