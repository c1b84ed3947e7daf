import { NodeApiError, NodeOperationError, type INode, type IDataObject } from 'n8n-workflow';
import { header, type Response } from '../http/response';
import { isPassing, UNTRUSTED } from '../http/retry';
import { nouns, type IdName } from '../contract/nouns';
import { isIdempotent, type Request } from './request';
import { vendorSentences, vendorWords } from '../contract/errorBody';

interface Words {
	message: string;
	advice: string;
	/** Whether nobody knows if what was asked for happened. */
	mayHaveHappened?: boolean;
}

const IT_MAY_HAVE_HAPPENED =
	'It may have happened all the same: look in the TransactionLink dashboard before you run this item again.';

/** Says nothing of running the step: what was made before it must not be made again. */
const ASK_AGAIN = 'This usually goes by within a few minutes.';

function isWebPage(answer: Response): boolean {
	return typeof answer.body === 'string' && /^\s*<(!doctype|html|head|body)/i.test(answer.body);
}

function trouble(request: Request, status: number): Words {
	const creates = !isIdempotent(request);
	return {
		message: `TransactionLink could not ${request.purpose.action} (status ${status})`,
		advice: creates ? IT_MAY_HAVE_HAPPENED : ASK_AGAIN,
		mayHaveHappened: creates,
	};
}

function notAccepted({ purpose: { action } }: Request, answer: Response): Words {
	const { said } = vendorWords(answer.body);
	return {
		message: `TransactionLink refused to ${action}${said === '' ? ` (status ${answer.status})` : `: ${said}`}`,
		advice:
			said === ''
				? 'Check the Base URL of the credential, and what the fields hold.'
				: 'Correct what it names.',
	};
}

/** A 404 does not say which of several IDs it is about. */
function notFound(ids: Partial<Record<IdName, string>>): Words {
	const names = Object.keys(ids).filter((name): name is IdName => name in nouns);
	const ones = names.map((name) => nouns[name].one);
	const last = ones.pop() ?? '';
	return {
		message: `TransactionLink has no ${ones.length === 0 ? last : `${ones.join(', ')} or ${last}`} with this ID`,
		advice: names
			.map((name) => `${nouns[name].label} ${ids[name] ?? ''}: ${nouns[name].whereToFind}.`)
			.join(' '),
	};
}

function wordsFor(request: Request, answer: Response): Words {
	const { action, ids = {} } = request.purpose;
	const creates = !isIdempotent(request);
	const { status } = answer;
	if (isWebPage(answer)) {
		return {
			message: `A web page came back instead of data when asked to ${action} (status ${status})`,
			advice:
				'Something between n8n and TransactionLink answered. Check the Base URL of the ' +
				`credential and any proxy.${creates ? ` ${IT_MAY_HAVE_HAPPENED}` : ''}`,
			mayHaveHappened: creates,
		};
	}
	if (status >= 300 && status < 400) {
		return {
			message: `TransactionLink pointed to another address when asked to ${action}`,
			advice:
				'Redirects are not followed, so that the credential stays where it belongs. Check the ' +
				'Base URL of the credential.',
		};
	}
	if (status === 401) {
		return {
			message: `TransactionLink did not accept the credential when asked to ${action}`,
			advice:
				'Open the TransactionLink credential, enter the key and secret or the token anew, and save it.',
		};
	}
	if (status === 403) {
		return {
			message: `The TransactionLink credential may not ${action}`,
			advice:
				'Ask whoever manages TransactionLink for the permission, or use a credential that has it.',
		};
	}
	if (status === 404 && Object.keys(ids).length > 0) return notFound(ids);
	if (status === 429) {
		const wait = header(answer, 'retry-after');
		const when = wait === undefined ? 'in a minute' : `later (TransactionLink says: ${wait})`;
		return {
			message: `TransactionLink asks to slow down and did not ${action}`,
			advice: `It did not happen. Try again ${when}, with fewer items at a time.`,
		};
	}
	if (status >= 500 || status === 408) return trouble(request, status);
	return notAccepted(request, answer);
}

function failure(
	node: INode,
	{ message, advice, mayHaveHappened = false }: Words,
	details: { httpCode?: string; sentences?: string; passing: boolean },
): NodeApiError {
	const description = [advice, details.sentences].filter(Boolean).join(' ');
	// Built from nothing: what n8n's helper threw carries the request, and with it credential and personal data.
	const error = new NodeApiError(
		node,
		{},
		{ message, description, httpCode: details.httpCode ?? '' },
	);
	const context: IDataObject = { passing: details.passing, mayHaveHappened };
	Object.assign(error.context, context);
	return error;
}

/**
 * Puts into words that TransactionLink answered, but not with what was asked for.
 *
 * @returns an error for the person: what happened, what to do next, the vendor's words and fingerprint
 */
export function refused(node: INode, request: Request, answer: Response): NodeApiError {
	const words = wordsFor(request, answer);
	return failure(node, words, {
		httpCode: String(answer.status),
		sentences: vendorSentences(answer.body, words.message),
		passing: isPassing({ answer }),
	});
}

/** Puts into words that an answer of success cannot be read. */
export function unreadable(node: INode, request: Request, answer: Response): NodeApiError {
	const creates = !isIdempotent(request);
	if (isWebPage(answer)) return refused(node, request, answer);
	const nothing = answer.body === undefined || answer.body === null || answer.body === '';
	return failure(
		node,
		{
			message:
				`TransactionLink was asked to ${request.purpose.action}, and what it answered is ` +
				`${nothing ? 'empty' : 'not what its documentation says'}`,
			advice: creates ? IT_MAY_HAVE_HAPPENED : ASK_AGAIN,
			mayHaveHappened: creates,
		},
		{ httpCode: String(answer.status), passing: !creates },
	);
}

/** Puts into words that an answer of success is too large, or nested too deep, to be handed on. */
export function oversized(node: INode, request: Request): NodeApiError {
	const creates = !isIdempotent(request);
	return failure(
		node,
		{
			message: `TransactionLink was asked to ${request.purpose.action}, and what it answered is too large to be handed on`,
			advice: `${creates ? 'It has happened all the same. ' : ''}Look at it in the TransactionLink dashboard.`,
		},
		{ passing: false },
	);
}

const NOT_TRUSTED =
	'The certificate at the Base URL of the credential is not trusted. Check the address, ' +
	'and whether a proxy answers in its place.';

const NEVER_ARRIVED: Record<string, string> = {
	ECONNREFUSED: 'Nothing listens at the Base URL of the credential. Check the address.',
	ENOTFOUND: 'The host in the Base URL of the credential is not known. Check the address.',
	EAI_AGAIN:
		'The host in the Base URL of the credential could not be looked up. Check the network of this n8n.',
};

/**
 * Puts into words that no answer came.
 *
 * @param code what the network said, such as `ECONNRESET`
 */
export function unanswered(node: INode, request: Request, code: string): NodeApiError {
	const creates = !isIdempotent(request);
	const neverArrived = NEVER_ARRIVED[code] ?? (UNTRUSTED.has(code) ? NOT_TRUSTED : undefined);
	const advice =
		neverArrived ?? (creates ? IT_MAY_HAVE_HAPPENED : 'Check the network of this n8n.');
	return failure(
		node,
		{
			message: `TransactionLink did not answer when asked to ${request.purpose.action}`,
			advice: code === '' ? advice : `${advice} (${code})`,
			mayHaveHappened: neverArrived === undefined && creates,
		},
		{ passing: true },
	);
}

/** Whether an error of this room tells of trouble that usually goes by, so that a wait may go on. */
export function isPassingTrouble(thrown: unknown): boolean {
	const isOurs = thrown instanceof NodeApiError || thrown instanceof NodeOperationError;
	return isOurs && thrown.context.passing === true;
}
