import { UserError, type IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../shared/json';
import type { EventName } from './event';

/** What an item contains. */
export type Output = 'everything' | 'idsOnly';

/** The trigger's panel. */
export interface Options {
	events: EventName[];
	/** Names and IDs of workflow definitions in their compared form; empty for all. */
	definitions: string[];
	includeResult: boolean;
	confirmRun: boolean;
	output: Output;
	verifySignature: boolean;
	ignoreDuplicates: boolean;
}

const EVENTS: readonly EventName[] = [
	'awaiting',
	'completed',
	'failed',
	'statusChanged',
	'unrecognized',
];

const DEFAULT_EVENTS: EventName[] = ['completed', 'failed', 'unrecognized'];

const OUTPUTS: readonly Output[] = ['everything', 'idsOnly'];

const SWITCHES = new Map(
	Object.entries({
		true: true,
		yes: true,
		on: true,
		1: true,
		false: false,
		no: false,
		off: false,
		0: false,
	}),
);

/** Quotation marks, and what cannot be seen: blanks at the ends, control and format characters. */
const UNSEEN = /[\p{C}"'`´“”„‘’‚«»]/gu;

/** @throws always */
function unreadable(label: string): never {
	throw new UserError(`the option "${label}" cannot be read`);
}

/** Two spellings of one name are the same in this form: case, quotation marks and invisible characters do not count. */
export function comparable(text: string): string {
	return text.replace(UNSEEN, '').normalize('NFC').trim().toLowerCase();
}

function list(value: unknown, label: string): string[] {
	const parts = Array.isArray(value) ? value : [value];
	const texts = parts.map((part: unknown) => {
		if (typeof part === 'string' || typeof part === 'number') return String(part);
		return part === null || part === undefined ? '' : unreadable(label);
	});
	// Within a list by expression, a comma may be part of a name.
	const names = Array.isArray(value) ? texts : texts.flatMap((text) => text.split(/[,;\r\n]/));
	return names.map(comparable).filter((name) => name !== '');
}

function choice<Name extends string>(value: unknown, names: readonly Name[], label: string): Name {
	const given = typeof value === 'string' ? comparable(value) : '';
	return names.find((name) => name.toLowerCase() === given) ?? unreadable(label);
}

function toggle(value: unknown, label: string): boolean {
	if (typeof value === 'boolean') return value;
	const isText = typeof value === 'string' || typeof value === 'number';
	return (isText ? SWITCHES.get(comparable(String(value))) : undefined) ?? unreadable(label);
}

function readEvents(value: unknown): EventName[] {
	const names = list(value, 'Events');
	return names.length === 0
		? unreadable('Events')
		: names.map((name) => choice(name, EVENTS, 'Events'));
}

/**
 * Reads the panel. A value by expression that is none of the choices is never taken for the default.
 *
 * @throws UserError naming the option that cannot be read
 */
export function readOptions(context: IWebhookFunctions): Options {
	const entered: unknown = context.getNodeParameter('options', {});
	const options = isObject(entered) ? entered : unreadable('Options');
	const isSwitchedOn = (name: string, label: string, otherwise: boolean): boolean =>
		Object.hasOwn(options, name) ? toggle(options[name], label) : otherwise;
	return {
		events: readEvents(context.getNodeParameter('events', DEFAULT_EVENTS)),
		definitions: list(options.workflowDefinition, 'Workflow Definitions'),
		includeResult: isSwitchedOn('includeResult', 'Include Result', false),
		confirmRun: isSwitchedOn('confirmRun', 'Confirm Run', true),
		output: Object.hasOwn(options, 'output')
			? choice(options.output, OUTPUTS, 'Output')
			: 'everything',
		verifySignature: isSwitchedOn('verifySignature', 'Verify Signature', true),
		ignoreDuplicates: isSwitchedOn('ignoreDuplicates', 'Ignore Duplicates', true),
	};
}
