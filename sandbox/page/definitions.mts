import { SAMPLE_DEFINITIONS } from '../definitions.mts';
import { clockTime, copyable, html, options, shortId } from './html.mts';
import { caseName } from './cases.mts';
import { newest, section } from './section.mts';
import type { Sandbox } from '../sandbox.mts';
import type { SampleDefinition } from '../definitions.mts';
import type { Case } from '../state.mts';
import type { Choice, Markup } from './html.mts';

/** How many cases can be chosen for a run: the newest ones. */
const OFFERED_CASES = 50;

function caseChoices(cases: Iterable<Case>): Choice[] {
	const choices = newest(cases, OFFERED_CASES).map((one): Choice => {
		return [
			one.caseId,
			[caseName(one), shortId(one.caseId), clockTime(one.createdDate)].join(' · '),
		];
	});
	return [['', 'no case'], ...choices];
}

function definition(sample: SampleDefinition, { state }: Sandbox): Markup {
	const { id, name, summary, requiredNumbers } = sample;
	const inputs = requiredNumbers.map(
		(parameter) =>
			html`<label>${parameter} <input name="${parameter}" type="number" value="5000" /></label>`,
	);
	return html`<li id="definition-${id}" class="row definition">
		<div>
			<div class="title">
				<h3>${name}</h3>
				<span>${copyable(id, `the ID of ${name}`)}</span>
			</div>
			<p>${summary}</p>
		</div>
		<form method="post" action="/_sandbox/forms/run" id="run-${id}">
			<input type="hidden" name="definition" value="${id}" />
			${inputs}
			<label class="case">
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
		html`<ul class="rows">
			${rows}
		</ul>`,
	);
}
