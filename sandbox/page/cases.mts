import { copyable, facts, html, jsonBlock, shortId, timeOf } from './html.mts';
import { badge, list, listSection, newest } from './section.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Case, Run } from '../state.mts';
import type { Markup } from './html.mts';
import type { ListSection, View } from './section.mts';

function texts(fields: Record<string, unknown>, ...names: string[]): string {
	return names
		.map((name) => String(fields[name] ?? ''))
		.filter((text) => text.trim() !== '')
		.join(' ');
}

/** A readable name of a case: its company, its person, or both. */
export function caseName({ partyDetails: { personal, business } }: Case): string {
	const names = [texts(business, 'companyName'), texts(personal, 'firstName', 'lastName')];
	return names.filter((name) => name !== '').join(' · ') || 'Case without a name';
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
			<span class="name">${caseName(one)}</span>
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
