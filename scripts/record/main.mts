import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { checkedBaseUrl, DEFAULT_BASE_URL } from '../../nodes/shared/authentication/baseUrl.ts';
import { SigningKeys } from '../../sandbox/webhooks/signing.mts';
import { signDetached } from '../../sandbox/webhooks/signing.mts';
import { makeFixture, type Sign } from './fixture.mts';
import { keyServerAt } from './key-server.mts';
import { takeOneDelivery } from './listener.mts';

/** Signs like the sandbox, with a key that exists only as long as this process. */
async function signer(): Promise<Sign> {
	const keys = await SigningKeys.create();
	const publicKey = keys.publicPem(keys.current.kid) ?? '';
	return async (body, isBare) => [await signDetached(body, keys.current, isBare), publicKey];
}

/**
 * Takes one delivery and writes its fixture. The delivery itself stays in memory.
 *
 * @param authorization the Authorization header for the key, in case TransactionLink requires one
 * @throws Error with a message for the user, when an option is invalid or the port is taken
 */
export async function record(args: string[], authorization: string | undefined): Promise<void> {
	const { values } = parseArgs({
		args,
		options: {
			'base-url': { type: 'string', default: DEFAULT_BASE_URL },
			port: { type: 'string', default: '4020' },
			out: { type: 'string', default: 'test/unit/recorded/delivery.json' },
		},
	});
	const { port, out } = values;
	if (existsSync(out)) throw new Error(`${out} already exists. Choose another file with --out.`);
	const server = keyServerAt(checkedBaseUrl(values['base-url']), authorization);
	const sign = await signer();
	await takeOneDelivery(Number(port), async (delivery) => {
		const fixture = await makeFixture(delivery, server, sign);
		mkdirSync(dirname(out), { recursive: true });
		writeFileSync(out, `${JSON.stringify(fixture, null, '\t')}\n`, { flag: 'wx' });
		const { outcome, reason } = fixture.facts.signature;
		console.log(`Signature: ${outcome}${reason === null ? '' : `, because: ${reason}`}`);
		console.log(`Recorded: ${out}`);
		console.log('Read the file before you commit it: it contains the names of fields and headers.');
	});
}
