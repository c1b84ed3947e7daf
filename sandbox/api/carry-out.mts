import { accountOf } from '../credentials.mts';
import { checkAccess } from './access.mts';
import { bodyForContract } from './content.mts';
import { isObject } from './fields.mts';
import { OPERATIONS } from './operations/index.mts';
import { Refusal, answerToFailure, refusal } from './refusal.mts';
import type { Sandbox } from '../context.mts';
import type { Answer } from './answer.mts';
import type { Content } from './content.mts';
import type { Operation, Request } from './contract.mts';
import type { Generation } from './generation.mts';

/** A call that has come in and was read, but is not judged yet. */
export interface IncomingCall {
	/** Without its body. */
	request: Omit<Request, 'body'>;
	/** Undefined when the contract knows no such address. */
	operation: Operation | undefined;
	generation: Generation;
	content: Content;
	authorization: string | undefined;
}

/** Refuses a body of a media type that the operation does not take, and one that cannot be read. */
function checkContent(content: Content, operation: Operation): void {
	if (operation.mediaType === null || content.kind === 'none') return;
	if (content.mediaType !== operation.mediaType) {
		throw refusal(415, 'unsupported_media_type', `The body must be ${operation.mediaType}.`);
	}
	if (content.kind === 'unreadable') throw refusal(400, 'malformed_body', content.message);
	// Said here, because the validator would parse a JSON text once more and take what is in it for the body.
	if (content.kind === 'json' && !isObject(content.value)) {
		throw refusal(400, 'invalid_field', 'The body must be an object.');
	}
}

/** Refuses an address with a percent sign that starts no escape, which could not be decoded. */
function checkPath(path: string): void {
	try {
		decodeURIComponent(path);
	} catch {
		throw refusal(400, 'malformed_path', 'The address is not well-formed.');
	}
}

async function judgeAndCarryOut(call: IncomingCall, sandbox: Sandbox): Promise<Answer> {
	const { operation, generation, content } = call;
	if (operation === undefined)
		throw refusal(404, 'not_found', `There is no ${call.request.method} ${call.request.path}.`);
	checkPath(call.request.path);
	checkAccess(call.authorization, operation, sandbox.state, sandbox.settings.current);
	checkContent(content, operation);
	const request: Request = { ...call.request, body: bodyForContract(content) };
	const violations = sandbox.contract.violations(request, operation, generation);
	if (violations.length > 0) throw new Refusal(400, violations);
	const handler = OPERATIONS[operation.id];
	if (handler === undefined) throw new Error(`Nothing carries out ${operation.id}`);
	const parameters = sandbox.contract.pathParameters(request, operation);
	return await handler(
		{
			generation,
			account: accountOf(call.authorization),
			parameters,
			query: request.query,
			body: request.body,
			content,
		},
		sandbox,
	);
}

/** Does what a call asks for. Never throws: what goes wrong is answered in the vendor's shape. */
export async function carryOut(call: IncomingCall, sandbox: Sandbox): Promise<Answer> {
	try {
		return await judgeAndCarryOut(call, sandbox);
	} catch (failure) {
		return answerToFailure(failure);
	}
}
