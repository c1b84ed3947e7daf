import { SAMPLE_DEFINITIONS } from '../definitions.mts';
import { isCompleted, resultOf } from '../runs.mts';
import { copyable, facts, html, jsonBlock, options, timeOf } from './html.mts';
import { badge, list, newest, section } from './section.mts';
import type { Sandbox } from '../context.mts';
import type { SampleDefinition } from '../definitions.mts';
import type { Case, Run, State } from '../state.mts';
import type { Choice, Markup } from './html.mts';

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

function caseChoices(cases: Iterable<Case>): Choice[] {
	return [['', 'no case'], ...newest(cases).map((one): Choice => [one.caseId, nameOf(one)])];
}

function definition(sample: SampleDefinition, { state }: Sandbox): Markup {
	const { id, name, summary, requiredNumbers } = sample;
	const inputs = requiredNumbers.map(
		(parameter) =>
			html`<label>${parameter} <input name="${parameter}" type="number" value="5000" /></label>`,
	);
	return html`<li id="definition-${id}" class="row">
		<div class="grow">
			<h3>${name}</h3>
			<p>${summary}</p>
			<p>${copyable(id, `the ID of ${name}`)}</p>
		</div>
		<form method="post" action="/_sandbox/forms/run" id="run-${id}">
			<input type="hidden" name="definition" value="${id}" />
			${inputs}
			<label>
				Case
				<select name="caseId">
					${options(caseChoices(state.cases.values()))}
				</select>
			</label>
			<button aria-label="Run ${name}">Run</button>
		</form>
	</li>`;
}

/** The workflow definitions, each with a button that runs it. */
export function definitionsSection(sandbox: Sandbox): Markup {
	const rows = SAMPLE_DEFINITIONS.map((sample) => definition(sample, sandbox));
	return section(
		'definitions',
		'Workflow definitions',
		null,
		html`<ul class="rows">
			${rows}
		</ul>`,
	);
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
			<span class="name">${nameOf(one)}</span> <span class="muted">${count}</span>
			${timeOf(one.createdDate)}
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
export function casesSection({ state }: Sandbox): Markup {
	const runs = [...state.runs.values()];
	const rows = newest(state.cases.values()).map((one) => caseRow(one, runs));
	const none = 'None so far. A workflow in n8n creates one, or the form above.';
	return section('cases', 'Cases', state.cases.size, html`${NEW_CASE} ${list(rows, none)}`);
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
export function runsSection({ state }: Sandbox): Markup {
	const rows = newest(state.runs.values()).map((run) => runRow(run, state));
	const none = 'None so far. Press Run next to a workflow definition.';
	return section('runs', 'Runs', state.runs.size, list(rows, none));
}
