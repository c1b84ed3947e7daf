import { isTransientError } from '../shared/api/errors';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

const CODE = /^[A-Za-z0-9_.-]{1,60}$/;

/**
 * Describes a failed request or an unexpected error for the log, without its message, which may contain
 * TransactionLink's sentences and thus personal data.
 */
export function reasonFor(thrown: unknown): string {
	if (thrown instanceof NodeApiError) {
		const { code } = thrown.context;
		const details = [
			thrown.httpCode === null || thrown.httpCode === ''
				? 'no response'
				: `status ${thrown.httpCode}`,
			...(typeof code === 'string' && CODE.test(code) ? [code] : []),
		];
		return `The request to TransactionLink failed (${details.join(', ')})`;
	}
	if (thrown instanceof NodeOperationError)
		return isTransientError(thrown) ? 'signing in failed' : 'the credential cannot be used';
	return `unexpected ${thrown instanceof Error ? thrown.name : 'error'}`;
}
