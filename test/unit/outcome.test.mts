import { NodeApiError, type INode } from 'n8n-workflow';

import { attemptFailedWith } from '../../nodes/shared/http/attempt.ts';
import { SignInError } from '../../nodes/shared/authentication/signIn.ts';

const node: INode = {
	id: '1',
	name: 'TransactionLink',
	type: 'transactionLink',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What n8n's request helper throws: n8n 1 loses what it was made of. */
function thrownBy(generation: 1 | 2, inside: Error): NodeApiError {
	const error = new NodeApiError(node, inside as never);
	if (generation === 1) Object.assign(error, { cause: undefined });
	return error;
}

const answered = (status: number) =>
	Object.assign(new Error(`Request failed with status code ${status}`), {
		response: { status, data: { message: 'Hm', fingerprint: 'f' } },
		status,
	});

describe.each([1, 2] as const)('what the request helper of n8n %d throws', (generation) => {
	it.each([400, 401, 502])(
		'tells that the answer was %d, and what TransactionLink said',
		(status) => {
			expect(attemptFailedWith(thrownBy(generation, answered(status)))).toMatchObject({
				answer: { status, body: { message: 'Hm', fingerprint: 'f' } },
			});
		},
	);

	it.each(['ECONNREFUSED', 'ECONNRESET'])('tells that no answer came: %s', (code) => {
		expect(
			attemptFailedWith(thrownBy(generation, Object.assign(new Error('connect'), { code }))),
		).toEqual({
			code,
		});
	});

	it.each([true, false])('tells that no token could be had, refused: %s', (refused) => {
		const { obstacle } = attemptFailedWith(
			thrownBy(generation, new SignInError('No key', 'Enter it', refused)),
		) as { obstacle: SignInError };
		expect(obstacle).toMatchObject({ message: 'No key', description: 'Enter it', refused });
	});
});
