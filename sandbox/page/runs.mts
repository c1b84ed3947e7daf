import { isCompleted, resultOf } from '../runs.mts';
import { caseName } from './cases.mts';
import { copyable, facts, html, jsonBlock, options, timeOf } from './html.mts';
import { badge, listSection } from './section.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Run, State } from '../state.mts';
import type { Choice, Markup } from './html.mts';
import type { ListSection, View } from './section.mts';

/** Statuses with a button. */
const STATUSES = ['COMPLETED', 'AWAITING', 'FAILED', 'CANCELLED', 'EXPIRED', 'RUNNING'];

const STATUS_CHOICES = STATUSES.map((status): Choice => [status, status]);

/** The signer of a webhook that is sent again. */
const SIGNER_CHOICES: readonly Choice[] = [
	['main', 'with the right key'],
	['other', "with another account's key"],
];

/** The subject of a run in words. */
function subjectOf({ subject }: Run, { cases }: State): string {
	if (subject.recordId !== undefined) return 'a record';
	const theCase = cases.get(subject.caseId ?? '');
	return theCase === undefined ? 'no case' : caseName(theCase);
}

function runForms({ id, definition: { name }, status }: Run): Markup {
	const path = `/_sandbox/forms/runs/${encodeURIComponent(id)}`;
	return html`<form method="post" action="${path}/status" id="move-${id}">
			<label
				>Set status to
				<select name="status">
					${options(STATUS_CHOICES.filter(([value]) => value !== status))}
				</select>
			</label>
			<button aria-label="Set the status of this run of ${name}">Set</button>
		</form>
		<form method="post" action="${path}/deliver" id="deliver-${id}">
			<label
				>Sign
				<select name="account">
					${options(SIGNER_CHOICES)}
				</select>
			</label>
			<button>Send webhook again</button>
		</form>`;
}

function runRow(run: Run, state: State): Markup {
	const { id, definition: sample, status, kind, link, parameters } = run;
	const hasParameters = Object.keys(parameters).length > 0;
	return html`<details id="run-${id}">
		<summary>
			<span class="name">${sample.name}</span> ${badge(status)}
			<span class="muted">${subjectOf(run, state)}</span> ${timeOf(run.createdAt)}
		</summary>
		${facts([
			['Run ID', copyable(id, 'the run ID')],
			['Kind', kind === 'execution' ? 'Execution (v3)' : 'Run'],
			['Status since', timeOf(run.changedAt)],
			['End user', link === undefined ? null : html`<a href="${link}">Open the link</a>`],
		])}
		<div class="actions">${runForms(run)}</div>
		${hasParameters ? jsonBlock('Parameters', parameters) : null}
		${isCompleted(run) ? jsonBlock('Result', resultOf(run, state)) : null}
	</details>`;
}

/** The newest runs, each with its actions and its result. */
export function runsSection({ state }: Sandbox, view: View): Markup {
	const runs: ListSection<Run> = {
		id: 'runs',
		title: 'Runs',
		entries: state.runs.values(),
		idOf: ({ id }) => `run-${id}`,
		row: (run) => runRow(run, state),
		none: 'None so far. Press Run next to a workflow definition.',
	};
	return listSection(runs, view);
}
