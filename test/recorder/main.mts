import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { checkedBaseUrl, DEFAULT_BASE_URL } from '../../nodes/shared/authentication/baseUrl.ts';
import { makeFixture } from './fixture.mts';
import { takeOneDelivery } from './listener.mts';
import { keyServerAt } from './signature.mts';

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
	if (existsSync(values.out))
		throw new Error(`${values.out} already exists. Choose another file with --out.`);
	const server = keyServerAt(checkedBaseUrl(values['base-url']), authorization);
	const delivery = await takeOneDelivery(Number(values.port));
	const fixture = await makeFixture(delivery, server);
	mkdirSync(dirname(values.out), { recursive: true });
	writeFileSync(values.out, `${JSON.stringify(fixture, null, '\t')}\n`, { flag: 'wx' });
	await delivery.acknowledge();
	const { outcome, reason } = fixture.facts.signature;
	console.log(`Signature: ${outcome}${reason === null ? '' : `, because: ${reason}`}`);
	console.log(`Recorded: ${values.out}`);
	console.log('Read the file before you commit it: it contains the names of fields and headers.');
}
