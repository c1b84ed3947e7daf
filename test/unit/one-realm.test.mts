// The test environment keeps n8n loaded between test files, and removes the globals that a test file adds.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

const node: INode = {
	id: 'a',
	name: 'A',
	type: 'a',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Runs two test files in one process, and prints what the second one finds. */
const TWO_FILES = `
	const Environment = require('./test/environment/one-realm.cjs');
	const open = () => new Environment({ projectConfig: {} });
	const first = open();
	const workflow = globalThis.requireOnce('n8n-workflow');
	globalThis.leftover = globalThis[Symbol.for('leftover')] = true;
	process.env.LEFTOVER = 'true';
	process.env.CHANGED = 'changed';
	process.exit = () => undefined;
	first.teardown().then(() => {
		const found = [typeof leftover, typeof globalThis[Symbol.for('leftover')], process.env.LEFTOVER ?? null];
		open();
		console.log(JSON.stringify({
			found,
			changed: process.env.CHANGED,
			isExitRestored: process.exit.length > 0,
			isKept: globalThis.requireOnce('n8n-workflow') === workflow,
		}));
	});
`;

it("a test file finds n8n's modules, and no globals of another test file", () => {
	const output = execFileSync(process.execPath, ['-e', TWO_FILES], {
		encoding: 'utf8',
		env: { ...process.env, CHANGED: 'original' },
	});
	expect(JSON.parse(output)).toEqual({
		found: ['undefined', 'undefined', null],
		changed: 'original',
		isExitRestored: true,
		isKept: true,
	});
});

it('errors of Node and n8n are instances of the same Error class', () => {
	const thrown = (() => {
		try {
			return readFileSync('nowhere');
		} catch (error) {
			return error;
		}
	})();
	expect(thrown instanceof Error).toBe(true);
	const wrapped = new NodeOperationError(node, 'It did not work');
	expect(wrapped instanceof Error && wrapped instanceof NodeOperationError).toBe(true);
	expect(new NodeApiError(node, { message: 'No' }) instanceof Error).toBe(true);
	expect(Object.getPrototypeOf(JSON.parse('{}'))).toBe(Object.prototype);
});
