import { STATUS_CODES } from 'node:http';
import type { Choice } from './html.mts';
import type { BodyShape, Fault, FaultKind } from '../control/faults.mts';

/** Each operation of the contract as an event, in singular and plural. */
const OPERATION_WORDS: Readonly<Record<string, readonly [string, string]>> = {
	'*': ['request of any kind', 'requests of any kind'],
	authorize: ['sign-in with key and secret', 'sign-ins with key and secret'],
	refresh: ['renewal of an access token', 'renewals of an access token'],
	getWebhookKey: ['request for a webhook key', 'requests for a webhook key'],
	getWorkspaces: ['test of the credential', 'tests of the credential'],
	getUsers: ['request for the users', 'requests for the users'],
	getUser: ['request for a user', 'requests for a user'],
	createCase: ['creation of a case', 'creations of a case'],
	getCase: ['request for a case', 'requests for a case'],
	createParameterSet: ['creation of a parameter set', 'creations of a parameter set'],
	runWorkflow: ['start of a run', 'starts of a run'],
	startWorkflow: ['start of an execution (v3)', 'starts of an execution (v3)'],
	getWorkflow: ['request for the status of a run', 'requests for the status of a run'],
	getWorkflowResult: ['request for the result of a run', 'requests for the result of a run'],
	createLink: ['creation of a link', 'creations of a link'],
	sendLink: ['sending of a link', 'sendings of a link'],
	createWidgetToken: ['creation of a widget token', 'creations of a widget token'],
	uploadFile: ['upload of a file', 'uploads of a file'],
	createRecord: ['creation of a record', 'creations of a record'],
	getRecord: ['request for a record', 'requests for a record'],
	uploadAttachment: ['upload of an attachment', 'uploads of an attachment'],
	getAttachments: ['request for the attachments', 'requests for the attachments'],
	getAttachment: ['download of an attachment', 'downloads of an attachment'],
};

/** An operation in words, such as `creation of a case`, or its ID without words. */
export function operationInWords(operationId: string, times = 1): string {
	const [once = operationId, often = operationId] = OPERATION_WORDS[operationId] ?? [];
	return times === 1 ? once : often;
}

/** The fields of a fault that its sentence needs. */
export type FaultFacts = Omit<Fault, 'number' | 'seen'>;

/** A kind of fault in words. */
export interface KindWords {
	kind: FaultKind;
	choice: string;
	/** The effect, to follow "gets" or "get"; `status` is `a 500`, for example. */
	words: (status: string, fault: FaultFacts) => string;
	/** The default status: its own, the real response's, or `none` if it has no status. */
	usualStatus: number | 'real' | 'none';
	/** The ways in which the body can be sent, if there are several. */
	shapes?: readonly BodyShape[];
}

const SHAPE_WORDS: Readonly<Record<BodyShape, string>> = {
	length: 'shorter than its Content-Length',
	chunked: 'chunked, without the last chunk',
	gzip: 'compressed and shorter than its Content-Length',
	gzipEnd: 'compressed, ending too early on an orderly connection',
	head: 'in the headers already',
};

const seconds = ({ delayMs = 0 }: FaultFacts) => `${delayMs / 1_000} s`;

/** Every kind of fault in words, in the order of the page. */
export const KIND_WORDS: readonly KindWords[] = [
	{
		kind: 'status',
		choice: 'gets a status alone',
		words: (status) => status,
		usualStatus: 500,
	},
	{
		kind: 'errorBody',
		choice: "gets TransactionLink's error body",
		words: (status) => `${status} with TransactionLink's error body`,
		usualStatus: 400,
	},
	{
		kind: 'html',
		choice: 'gets an HTML page',
		words: (status) => `${status} with an HTML page`,
		usualStatus: 502,
	},
	{
		kind: 'delay',
		choice: 'gets a late response',
		words: (_status, fault) => `a delay of ${seconds(fault)}`,
		usualStatus: 'none',
	},
	{
		kind: 'cut',
		choice: 'gets no response: the connection is cut',
		words: () => 'no response (the connection is cut)',
		usualStatus: 'none',
	},
	{
		kind: 'cutBody',
		choice: 'gets half a body: the connection is cut in it',
		words: (_status, fault) => `half a body (${SHAPE_WORDS[fault.shape ?? 'length']})`,
		usualStatus: 'none',
		shapes: ['length', 'chunked', 'gzip', 'gzipEnd'],
	},
	{
		kind: 'drip',
		choice: 'gets a response a byte at a time, without end',
		words: (status, { shape }) =>
			`${status} a byte at a time, without end${shape === 'head' ? ', in the headers already,' : ''}`,
		usualStatus: 200,
		shapes: ['chunked', 'head'],
	},
	{
		kind: 'malformed',
		choice: 'gets malformed JSON',
		words: (status) => `${status} with malformed JSON`,
		usualStatus: 'real',
	},
	{
		kind: 'empty',
		choice: 'gets an empty body',
		words: (status) => `${status} with an empty body`,
		usualStatus: 'real',
	},
	{
		kind: 'echo',
		choice: 'gets an error that repeats the request',
		words: (status) => `${status} with an error that repeats the request`,
		usualStatus: 400,
	},
	{
		kind: 'redirect',
		choice: 'gets a redirect to another host',
		words: (status, { location }) => `${status} redirect to ${location ?? 'another host'}`,
		usualStatus: 302,
	},
];

/** The words of one kind of fault. */
export function wordsOf(kind: FaultKind): KindWords {
	const found = KIND_WORDS.find((words) => words.kind === kind);
	if (found === undefined) throw new Error(`The fault ${kind} has no words`);
	return found;
}

const STATUSES = [
	...[200, 201, 204, 301, 302, 303, 307, 308],
	...[400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 422, 429],
	...[500, 501, 502, 503, 504, 520],
];

/** The statuses on the page; empty for the default of each kind. */
export const STATUS_CHOICES: readonly Choice[] = [
	['', 'the usual status'],
	...STATUSES.map((status): Choice => [`${status}`, `${status} ${STATUS_CODES[status] ?? ''}`]),
];

/** Every way of truncating or dripping a body, in words. */
export const SHAPE_CHOICES: readonly Choice[] = [
	['', 'the usual way'],
	...Object.entries(SHAPE_WORDS).map(([shape, words]): Choice => [shape, words]),
];

/** Before or after a request takes effect, in words. */
export const EFFECT_CHOICES: readonly Choice[] = [
	['before', 'before it takes effect'],
	['after', 'after it took effect'],
];

function ordinal(number: number): string {
	if (number % 100 >= 11 && number % 100 <= 13) return `${number}th`;
	return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`;
}

/** The affected requests, as the subject of a sentence. */
function requestsInWords({ operationId, every }: FaultFacts, left: number): string {
	if (every > 1) {
		const times = left === 1 ? 'once' : `${left} times`;
		return `Every ${ordinal(every)} ${operationInWords(operationId)}, ${times},`;
	}
	if (left === 1) return `The next ${operationInWords(operationId)}`;
	return `The next ${left} ${operationInWords(operationId, left)}`;
}

const SINGULAR = { gets: 'gets', before: 'before it takes effect', after: 'after it took effect' };
const PLURAL = { gets: 'get', before: 'before they take effect', after: 'after they took effect' };

/** The effect as a sentence: `The next creation of a case gets a 500 before it takes effect.` */
export function faultInWords(fault: FaultFacts): string {
	const { kind, effect, every, delayMs } = fault;
	const left = fault.times - fault.applied;
	const { words, usualStatus } = wordsOf(kind);
	const code = fault.status ?? usualStatus;
	const status = code === 'real' ? 'the usual status' : `a ${code}`;
	const forms = every > 1 || left === 1 ? SINGULAR : PLURAL;
	const late = delayMs !== undefined && kind !== 'delay' ? `, ${seconds(fault)} late,` : '';
	return `${requestsInWords(fault, left)} ${forms.gets} ${words(status, fault)}${late} ${forms[effect]}.`;
}
