import { html, options } from './html.mts';
import { section } from './section.mts';
import { PERMISSIONS } from '../api/access.mts';
import { DEFAULT_SETTINGS } from '../settings.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Settings } from '../settings.mts';
import type { Choice, Markup } from './html.mts';

type NameOf<Value> = {
	[Name in keyof Settings]: Settings[Name] extends Value ? Name : never;
}[keyof Settings];

/** A setting in words, and its form field. */
type Field =
	| { kind: 'number'; name: NameOf<number>; words: string; step: string }
	| { kind: 'switch'; name: NameOf<boolean>; words: string }
	| { kind: 'choice'; name: NameOf<string | number>; words: string; choices: readonly Choice[] };

const number = (name: NameOf<number>, words: string, step = '1'): Field => {
	return { kind: 'number', name, words, step };
};
const toggle = (name: NameOf<boolean>, words: string): Field => ({ kind: 'switch', name, words });
const choice = (
	name: NameOf<string | number>,
	words: string,
	choices: Record<string, string>,
): Field => {
	return { kind: 'choice', name, words, choices: Object.entries(choices) };
};

const SIGN_IN = [
	toggle('onlyNewestToken', 'Only the newest access token works'),
	number('tokenLifetimeSeconds', 'Access token lifetime (seconds)'),
	choice('badCredentialsStatus', 'Response to a wrong key or secret', {
		401: '401 Unauthorized',
		400: '400 Bad Request',
	}),
];

const RUNS = [
	number('runUnknownMs', 'A new run is unknown (404) for (ms)'),
	number('resultDelayMs', 'A result is late by (ms)'),
	number('executionLifetimeMs', 'An execution (v3) expires after (ms)'),
	number('pace', 'Duration of runs (factor)', 'any'),
	choice('earlyResult', 'Response while there is no result', {
		404: '404 Not Found',
		409: '409 Conflict',
		empty: '200 with an empty body',
	}),
	choice('executionResult', 'Result of an execution (v3)', {
		endpoint: 'at /result',
		field: 'in its status',
		record: 'in the columns of its record',
	}),
	choice('parametersIdField', 'ID field of a new parameter set', {
		id: 'id',
		parametersId: 'parametersId',
	}),
	number('delayMs', 'Every response is late by (ms)'),
];

const WEBHOOKS = [
	choice('webhookShape', 'Body of a webhook', {
		flat: 'flat',
		nested: 'nested in "data"',
		bare: 'bare: the ID and a name',
	}),
	toggle('unencodedPayload', 'Sign the body unencoded (RFC 7797)'),
	number('webhookRetries', 'Retries of a webhook'),
	number('webhookRetryDelayMs', 'Pause between attempts (ms)'),
	number('webhookTimeoutMs', 'Timeout of an attempt (ms)'),
];

const FIELDS = [...SIGN_IN, ...RUNS, ...WEBHOOKS];

function input(field: Field, settings: Settings): Markup {
	const { name, words } = field;
	const value = settings[name];
	if (field.kind === 'number')
		return html`<label
			>${words}
			<input
				type="number"
				min="0"
				step="${field.step}"
				required
				name="${name}"
				value="${String(value)}"
		/></label>`;
	if (field.kind === 'choice')
		return html`<label
			>${words}
			<select name="${name}">
				${options(field.choices, String(value))}
			</select>
		</label>`;
	return checkbox(name, 'yes', words, value === true);
}

function checkbox(name: string, value: string, words: string, isChecked: boolean): Markup {
	const box = isChecked
		? html`<input type="checkbox" name="${name}" value="${value}" checked />`
		: html`<input type="checkbox" name="${name}" value="${value}" />`;
	return html`<label class="check">${box} ${words}</label>`;
}

function group(title: string, inputs: readonly Markup[]): Markup {
	return html`<fieldset>
		<legend>${title}</legend>
		<div class="fields">${inputs}</div>
	</fieldset>`;
}

function settingsForm({ settings: { current } }: Sandbox): Markup {
	const permissions = PERMISSIONS.map((permission) =>
		checkbox(
			'missingPermissions',
			permission,
			permission,
			current.missingPermissions.includes(permission),
		),
	);
	const inputs = (fields: Field[]) => fields.map((field) => input(field, current));
	return html`<form method="post" action="/_sandbox/forms/settings" id="settings">
		${group('Signing in', inputs(SIGN_IN))} ${group('Runs and results', inputs(RUNS))}
		${group('Webhooks', inputs(WEBHOOKS))}
		${group('Permissions that the credentials lack', permissions)}
		<button>Save behavior</button>
	</form>`;
}

/** The settings that differ from the defaults, in words. */
function changedWords({ settings: { current } }: Sandbox): string {
	const changed = FIELDS.filter(({ name }) => current[name] !== DEFAULT_SETTINGS[name]).map(
		({ words }) => words,
	);
	if (current.missingPermissions.length > 0) changed.push('Permissions that the credentials lack');
	return changed.length === 0 ? 'Everything is as usual.' : `Changed: ${changed.join('; ')}.`;
}

/** The settings of TransactionLink's behavior, in words. */
export function behaviorSection(sandbox: Sandbox): Markup {
	const tokens = [...sandbox.state.accessTokens.values()].filter(
		(expiresAt) => expiresAt > Date.now(),
	);
	return section(
		'behavior',
		'Behavior',
		html`<p>${changedWords(sandbox)}</p>
			<details class="form" id="change-behavior">
				<summary>Change the behavior</summary>
				${settingsForm(sandbox)}
			</details>
			<form method="post" action="/_sandbox/forms/tokens" id="expire-tokens">
				<button>Expire all access tokens</button>
				<span class="muted">${tokens.length} in use.</span>
			</form>`,
	);
}

/** The settings in a form, as changes. Invalid numbers stay texts, which are rejected. */
export function settingsIn(form: URLSearchParams): Record<string, unknown> {
	const change: Record<string, unknown> = { missingPermissions: form.getAll('missingPermissions') };
	for (const { kind, name } of FIELDS) {
		const value = form.get(name) ?? '';
		const isNumber = /^\d+(\.\d+)?$/.test(value);
		change[name] = kind === 'switch' ? value === 'yes' : isNumber ? Number(value) : value;
	}
	return change;
}
