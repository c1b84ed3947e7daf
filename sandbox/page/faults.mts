import {
	EFFECT_CHOICES,
	KIND_WORDS,
	SHAPE_CHOICES,
	STATUS_CHOICES,
	faultInWords,
	operationInWords,
} from './fault-words.mts';
import { html, options } from './html.mts';
import { list, section } from './section.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Fault, FaultSettings } from '../control/faults.mts';
import type { KindWords } from './fault-words.mts';
import type { Choice, Markup } from './html.mts';

const KIND_CHOICES = KIND_WORDS.map(({ kind, choice }): Choice => [kind, choice]);

/** Frequent faults, each with a button. */
const READY_MADE: readonly FaultSettings[] = [
	{ operationId: 'createCase', kind: 'status', status: 500, effect: 'before' },
	{ operationId: 'createCase', kind: 'cut', effect: 'after' },
	{ operationId: 'authorize', kind: 'status', status: 503, times: 3 },
	{ operationId: 'authorize', kind: 'delay', delayMs: 10_000 },
	{ operationId: 'getWorkflow', kind: 'cutBody', effect: 'after' },
	{ operationId: 'getWorkflow', kind: 'drip' },
	{ operationId: '*', kind: 'html', status: 502, times: 2 },
];

function inWords(settings: FaultSettings): string {
	return faultInWords({ effect: 'before', times: 1, every: 1, ...settings, applied: 0 });
}

function readyMade(settings: FaultSettings, index: number): Markup {
	const fields = Object.entries(settings).map(
		([name, value]) => html`<input type="hidden" name="${name}" value="${String(value)}" />`,
	);
	return html`<form method="post" action="/_sandbox/forms/faults" id="ready-made-${index}">
		${fields}<button class="chip">${inWords(settings)}</button>
	</form>`;
}

function waitingRow(fault: Fault): Markup {
	const { number, times, applied } = fault;
	const left = times - applied;
	return html`<div class="row" id="fault-${number}">
		<p class="grow">
			${faultInWords(fault)}
			<span class="muted"
				>${applied > 0 ? `${applied} of ${times} done, ${left} to come.` : ''}</span
			>
		</p>
		<form method="post" action="/_sandbox/forms/faults/${number}/cancel" id="cancel-${number}">
			<button class="quiet" aria-label="Remove the fault: ${faultInWords(fault)}">Remove</button>
		</form>
	</div>`;
}

/** The fault of the unchanged form. */
const FIRST: FaultSettings = { operationId: 'createCase', kind: 'status' };

function choose(words: string, name: string, choices: readonly Choice[], style = ''): Markup {
	return html`<label class="${style}"
		>${words}
		<select name="${name}">
			${options(choices, name === 'operationId' ? FIRST.operationId : '')}
		</select>
	</label>`;
}

const DETAILS = html`<details class="form" id="fault-details">
	<summary>More about the fault</summary>
	<div class="fields">
		<label>Only each n-th request <input name="every" type="number" min="1" value="1" /></label>
		<label>Retry-After header <input name="retryAfter" autocomplete="off" /></label>
		<label>Redirect to <input name="location" autocomplete="off" /></label>
		<label class="two">Body of the response <textarea name="body" rows="2"></textarea></label>
	</div>
</details>`;

function faultForm({ contract }: Sandbox): Markup {
	const operations = ['*', ...contract.operations.keys()];
	const operationChoices = operations.map((id): Choice => [id, `the ${operationInWords(id)}`]);
	return html`<form
		method="post"
		action="/_sandbox/forms/faults"
		id="fault-form"
		data-then="clear"
		data-preview="/_sandbox/forms/faults/preview"
	>
		<div class="fields">
			${choose("n8n's next request", 'operationId', operationChoices, 'two')}
			${choose('What happens to it', 'kind', KIND_CHOICES, 'two')}
			${choose('Status', 'status', STATUS_CHOICES, 'for-status')}
			${choose('How the body is sent', 'shape', SHAPE_CHOICES, 'for-shape')}
			${choose('When', 'effect', EFFECT_CHOICES)}
			<label>Late by (ms) <input name="delayMs" type="number" min="0" max="600000" /></label>
			<label>Number of requests <input name="times" type="number" min="1" value="1" /></label>
		</div>
		${DETAILS}
		<button>Add fault</button>
		<output class="grow scripted">${inWords(FIRST)}</output>
	</form>`;
}

/** The pending faults, and the form that adds one. */
export function faultsSection(sandbox: Sandbox): Markup {
	const faults = sandbox.faults.all();
	const body = html`${list(
			faults.map(waitingRow),
			'No fault is waiting: every request gets its real response.',
		)}
		${faultForm(sandbox)}
		<details class="form" id="ready-made">
			<summary>Frequent faults</summary>
			<div class="chips">${READY_MADE.map(readyMade)}</div>
		</details>`;
	return section('faults', 'Faults', body, { count: faults.length });
}

/** The delay of a late response, if the form contains none. */
const USUAL_DELAY_MS = 5_000;

/** An optional field of the form. */
interface OptionalField {
	name: string;
	/** The setting that it becomes, if that has another name. */
	setting?: keyof FaultSettings;
	/** Whether faults of a kind have it; `kind` is undefined for an unknown one. */
	isFor: (kind: KindWords | undefined, value: string) => boolean;
	read: (value: string) => unknown;
}

const asNumber = (value: string) => (/^\d+$/.test(value) ? Number(value) : value);
const asText = (value: string) => value;

const ofAnyKind = () => true;
const ofResponses = (kind?: KindWords) => kind !== undefined && kind.usualStatus !== 'none';

const OPTIONAL_FIELDS: readonly OptionalField[] = [
	{ name: 'effect', isFor: ofAnyKind, read: asText },
	{ name: 'times', isFor: ofAnyKind, read: asNumber },
	{ name: 'every', isFor: ofAnyKind, read: asNumber },
	{ name: 'delayMs', isFor: ofAnyKind, read: asNumber },
	{ name: 'status', isFor: ofResponses, read: asNumber },
	{
		name: 'retryAfter',
		setting: 'headers',
		isFor: ofResponses,
		read: (value) => ({ 'retry-after': value }),
	},
	{ name: 'body', isFor: ofResponses, read: asText },
	{ name: 'location', isFor: (kind) => kind?.kind === 'redirect', read: asText },
	{
		name: 'shape',
		isFor: (kind, value) => kind?.shapes?.some((shape) => shape === value) === true,
		read: asText,
	},
];

/**
 * The fault of a form. Fields that the kind does not have are left out, because the form contains the fields of all
 * kinds. Invalid numbers stay texts, which are rejected.
 */
export function faultSettingsIn(form: URLSearchParams): Record<string, unknown> {
	const given = (name: string) => form.get(name)?.trim() ?? '';
	const kind = KIND_WORDS.find((words) => words.kind === given('kind'));
	const settings: Record<string, unknown> = {
		operationId: given('operationId'),
		kind: given('kind'),
	};
	if (kind?.kind === 'delay') settings['delayMs'] = USUAL_DELAY_MS;
	for (const { name, setting = name, isFor, read } of OPTIONAL_FIELDS) {
		const value = given(name);
		if (value !== '' && isFor(kind, value)) settings[setting] = read(value);
	}
	return settings;
}
