import { isCompleted, resultOf } from '../runs.mts';
import { copyable, facts, html, jsonBlock, options, shortId, timeOf } from './html.mts';
import { badge, list, listSection, newest } from './section.mts';
import type { Sandbox } from '../context.mts';
import type { Case, Run, State } from '../state.mts';
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

function texts(fields: Record<string, unknown>, ...names: string[]): string {
	return names
		.map((name) => String(fields[name] ?? ''))
		.filter((text) => text.trim() !== '')
		.join(' ');
}

/** A readable name of a case: its company, its person, or both. */
export function nameOf({ partyDetails: { personal, business } }: Case): string {
	const names = [texts(business, 'companyName'), texts(personal, 'firstName', 'lastName')];
	return names.filter((name) => name !== '').join(' · ') || 'Case without a name';
}

/** The subject of a run in words. */
function subjectOf({ subject }: Run, { cases }: State): string {
	if (subject.recordId !== undefined) return 'a record';
	const theCase = cases.get(subject.caseId ?? '');
	return theCase === undefined ? 'no case' : nameOf(theCase);
}

function runLine(run: Run): Markup {
	return html`<p>
		<a href="#run-${encodeURIComponent(run.id)}">${run.definition.name}</a> ${badge(run.status)}
		${timeOf(run.createdAt)}
	</p>`;
}

function caseRow(one: Case, runs: readonly Run[]): Markup {
	const ofCase = runs.filter(({ subject }) => subject.caseId === one.caseId);
	const count = ofCase.length === 1 ? '1 run' : `${ofCase.length} runs`;
	return html`<details id="case-${one.caseId}">
		<summary>
			<span class="name">${nameOf(one)}</span>
			<span class="muted">${shortId(one.caseId)}, ${count}</span> ${timeOf(one.createdDate)}
		</summary>
		${facts([['Case ID', copyable(one.caseId, 'the case ID')]])}
		<h4>Runs of this case</h4>
		${list(newest(ofCase).map(runLine), 'None so far.')} ${jsonBlock('Case', one)}
	</details>`;
}

const NEW_CASE = html`<details class="form" id="new-case">
	<summary>New case</summary>
	<form method="post" action="/_sandbox/forms/case" id="new-case-form" data-then="clear">
		<div class="fields">
			<label>Company name <input name="companyName" autocomplete="off" /></label>
			<label>Company number <input name="companyNumber" autocomplete="off" /></label>
			<label>First name <input name="firstName" autocomplete="off" /></label>
			<label>Last name <input name="lastName" autocomplete="off" /></label>
			<label>Email <input name="email" type="email" autocomplete="off" /></label>
		</div>
		<button>Create case</button>
	</form>
</details>`;

/** The newest cases, each with its runs. */
export function casesSection({ state }: Sandbox, view: View): Markup {
	const runs = [...state.runs.values()];
	const cases: ListSection<Case> = {
		id: 'cases',
		title: 'Cases',
		entries: state.cases.values(),
		idOf: ({ caseId }) => `case-${caseId}`,
		row: (one) => caseRow(one, runs),
		none: 'None so far. A workflow in n8n creates one, or the form above.',
		above: NEW_CASE,
	};
	return listSection(cases, view);
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
