// An error of n8n's request helper becomes an attempt that was not sent, or that got no response.

import { NodeApiError, UserError, type INode } from 'n8n-workflow';

import { failedAttempt } from '../../nodes/shared/http/attempt.ts';
import { NotSentError } from '../../nodes/shared/http/notSentError.ts';

const node: INode = {
	id: '1',
	name: 'TransactionLink',
	type: 'transactionLink',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The error that n8n's request helper throws: n8n 1 drops its cause. */
function thrownBy(generation: 1 | 2, inside: Error): NodeApiError {
	const error = new NodeApiError(node, inside as never);
	if (generation === 1) Object.assign(error, { cause: undefined });
	return error;
}

describe.each([1, 2] as const)('an error of the request helper of n8n %d', (generation) => {
	it.each(['ECONNREFUSED', 'ECONNRESET', 'ERR_SSL_TLSV1_ALERT'])(
		'contains the error code of the network: %s',
		(code) => {
			const inside = Object.assign(new Error('connect'), { code });
			expect(failedAttempt(thrownBy(generation, inside))).toEqual({ kind: 'network', code });
		},
	);

	// The credential and downloads end requests with the signal of a deadline.
	it.each(['ERR_CANCELED', 'ECONNABORTED'])(
		"is a timeout if a signal or n8n's own timeout ended the request: %s",
		(code) => {
			const inside = Object.assign(new Error('ended'), { code });
			expect(failedAttempt(thrownBy(generation, inside))).toEqual({
				kind: 'network',
				code: 'ETIMEDOUT',
			});
		},
	);

	it('does not count as a response if the body was truncated, although it contains a status', () => {
		const cut = Object.assign(new Error('stream has been aborted'), {
			response: { status: 200 },
			status: 200,
		});
		expect(failedAttempt(thrownBy(generation, cut))).toMatchObject({ kind: 'network' });
	});

	it.each([true, false])(
		'contains the reason why the request was not sent, transient: %s',
		(isTransient) => {
			const details = { description: 'Enter it', code: 'SIGN_IN_X', isTransient };
			expect(
				failedAttempt(thrownBy(generation, new NotSentError('No key', details))),
			).toMatchObject({
				kind: 'notSent',
				error: { message: 'No key', description: 'Enter it', reason: 'SIGN_IN_X', isTransient },
			});
		},
	);
});

it('a request to an address that n8n forbids counts as not sent', () => {
	expect(failedAttempt(thrownBy(2, new UserError('Not allowed')))).toMatchObject({
		kind: 'notSent',
		error: { isTransient: false },
	});
});
