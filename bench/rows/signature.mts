import { constants, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';

import type * as signatureModule from '../../nodes/TransactionLinkTrigger/signature.ts';
import { packageCode } from '../../test/tools/package-code.mts';
import type { Row } from '../row.mts';
import { inTurns } from '../turns.mts';

type SignatureModule = typeof signatureModule;

/** Reading the header and verifying, as published, compared with the verification alone. */
export const signatureCheck: Row = {
	name: 'signature',
	what: 'signature check, key at hand',
	theirs: 'crypto.verify',
	unit: 'µs',
	goal: { of: 'ratio', is: 'atMost', value: 1.2 },
	measure: async ({ rounds, checks }) => {
		const { isSignedWith, readSignature } = await packageCode<SignatureModule>(
			'nodes/TransactionLinkTrigger/signature.ts',
		);
		const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const body = Buffer.from(
			JSON.stringify({
				event: 'workflow.completed',
				workflowId: randomUUID(),
				caseId: randomUUID(),
				status: 'COMPLETED',
			}),
		);
		const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: randomUUID() })).toString(
			'base64url',
		);
		const text = Buffer.from(`${head}.${body.toString('base64url')}`);
		const bytes = sign('sha256', text, privateKey);
		const header = `${head}..${bytes.toString('base64url')}`;
		const timed = (check: () => boolean) => {
			const start = performance.now();
			for (let done = 0; done < checks; done += 1)
				if (!check()) throw new Error('A genuine signature was refused');
			return Promise.resolve(((performance.now() - start) * 1_000) / checks);
		};
		return await inTurns(
			rounds,
			() =>
				timed(() => {
					const claimed = readSignature(header);
					return !('invalid' in claimed) && isSignedWith(claimed, body, publicKey);
				}),
			() =>
				timed(() =>
					verify('sha256', text, { key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes),
				),
		);
	},
};
