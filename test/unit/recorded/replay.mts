import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { eventOf, type EventName } from '../../../nodes/TransactionLinkTrigger/event.ts';
import type { EventFields } from '../../../nodes/TransactionLinkTrigger/eventFields.ts';
import { isSignedWith, readSignature } from '../../../nodes/TransactionLinkTrigger/signature.ts';
import { findSignature } from '../../recorder/signature.mts';
import { fieldsOf, type Fixture } from '../../recorder/fixture.mts';

/** A recorded delivery, and how the trigger interprets it now. */
export interface Replay {
	/** The recorded delivery, with its decoded body. */
	replay: Omit<Fixture['replay'], 'body'> & { body: Buffer };
	/** Whether the trigger accepts the signature; undefined if none was recorded. */
	isGenuine: boolean | undefined;
	reported: EventFields;
	event: EventName;
}

/** Plays a fixture of `npm run record` through the trigger's own code. */
export function readReplay(file: string): Replay {
	const { replay }: Fixture = JSON.parse(readFileSync(file, 'utf8'));
	const body = Buffer.from(replay.body, 'base64');
	const reported = fieldsOf(JSON.parse(body.toString('utf8')));
	const signature = readSignature(findSignature(replay.headers)?.[1]);
	const isGenuine =
		replay.publicKey === null
			? undefined
			: !('invalid' in signature) &&
				isSignedWith(signature, body, createPublicKey(replay.publicKey));
	return { replay: { ...replay, body }, isGenuine, reported, event: eventOf({ fields: reported }) };
}
