// The trigger still interprets recorded deliveries as it did when they were recorded.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readReplay } from './replay.mts';

const FOLDER = join('test', 'unit', 'recorded');
const fixtures = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

describe.each(fixtures)('the recorded delivery %s', (name) => {
	const { replay, isGenuine, reported, event } = readReplay(join(FOLDER, name));

	it('has the same fields and event as when it was recorded', () => {
		expect(reported).toEqual(replay.reported);
		expect(event).toBe(replay.event);
	});

	it('has a valid signature', () => expect(isGenuine).not.toBe(false));

	it('contains the ID of the run', () => expect(reported.workflowId).not.toBeNull());
});
