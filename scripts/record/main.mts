import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { SigningKeys } from '../../sandbox/webhooks/keys.mts';
import { signDetached } from '../../sandbox/webhooks/signature.mts';
import { makeFixture, type Fixture, type Sign } from './fixture.mts';
import { keyServerAt } from './key-server.mts';
import { takeOneDelivery } from './listener.mts';
import { UnusableOption, type RecordOptions } from './options.mts';
import { loadTriggerCode, type TriggerCode } from './trigger.mts';

/** Signs as the sandbox does, with a key that is forgotten when this program ends. */
async function signer(): Promise<Sign> {
	const keys = await SigningKeys.create();
	return async (body, isBare) => ({
		header: await signDetached(body, keys.current, isBare),
		publicKey: keys.publicPem(keys.current.kid) ?? '',
	});
}

/** The same check as in the credential: the authorization goes there. */
function usableAddress({ checkedBaseUrl }: TriggerCode, baseUrl: string): string {
	try {
		return checkedBaseUrl(baseUrl);
	} catch (error) {
		throw new UnusableOption(
			`--base-url cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
		);
	}
}

function report({ facts: { signature, foundAt, kept } }: Fixture, file: string): void {
	console.log(
		`Signature: ${signature.outcome}${signature.reason === null ? '' : `, because: ${signature.reason}`}`,
	);
	for (const [fact, places] of Object.entries(foundAt))
		console.log(`  ${fact.padEnd(22)}${places.join(', ')}`);
	console.log(`Words that were kept: ${kept.length === 0 ? 'none' : kept.join(', ')}`);
	console.log(`Recorded: ${file}`);
	console.log(
		'Read the file before you commit it: it contains the original names of fields and headers.',
	);
}

/**
 * Takes one delivery and writes its fixture. What arrived is held in memory only.
 *
 * @param authorization what may be sent to the base URL in the header of that name
 * @throws UnusableOption when the options cannot be followed
 */
export async function record(
	options: RecordOptions,
	authorization: string | undefined,
): Promise<void> {
	const { baseUrl, port, out } = options;
	if (existsSync(out))
		throw new UnusableOption(`${out} is there already. Choose another file with --out.`);
	const trigger = await loadTriggerCode();
	const keys = keyServerAt(usableAddress(trigger, baseUrl), authorization);
	const sign = await signer();
	const greet = (address: string) => {
		console.log(`Waiting for one delivery: ${address}`);
	};
	await takeOneDelivery(port, greet, async (arrival) => {
		const fixture = await makeFixture(trigger, keys, arrival, sign);
		mkdirSync(dirname(out), { recursive: true });
		writeFileSync(out, `${JSON.stringify(fixture, null, '\t')}\n`, { flag: 'wx' });
		report(fixture, out);
	});
}
