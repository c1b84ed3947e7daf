import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readReplay } from './replay.mts';

const FOLDER = join('test', 'unit', 'recorded');
const fixtures = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

describe.each(fixtures)('the recorded delivery %s', (name) => {
	const { replay, isGenuine, told, event } = readReplay(join(FOLDER, name));

	it('is read as it was when it was recorded', () => {
		expect(told).toEqual(replay.told);
		expect(event).toBe(replay.event);
	});

	it('is known as genuine', () => expect(isGenuine).not.toBe(false));

	it('tells which run it is about', () => expect(told.workflowId).not.toBeNull());
});
