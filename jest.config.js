'use strict';

const { join } = require('node:path');

// What V8 compiled of n8n-core, the compiler and the sandbox is kept for the workers, and for programs that tests start.
process.env.NODE_COMPILE_CACHE ??= join(
	process.env.TRANSACTIONLINK_CACHE ?? join(__dirname, '.cache'),
	'compiled',
);

/** What all projects share: TypeScript is stripped by swc, types are checked apart (`npm run types`). */
const shared = {
	testEnvironment: 'node',
	transform: {
		'\\.m?ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/dist/'],
};

/** Test files share the process's realm, n8n, and a sandbox for each worker. */
const sideBySide = {
	testEnvironment: '<rootDir>/test/environment/one-realm.cjs',
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow|@n8n/di|eslint|jose)$': '<rootDir>/test/environment/kept/$1.cjs',
	},
	globalSetup: '<rootDir>/test/environment/sandboxes/start.mts',
	globalTeardown: '<rootDir>/test/environment/sandboxes/stop.mts',
};

const project = (name) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
});

/** The tests in the real n8n once more, on the last n8n 1: all but those that the README says are not run there. */
const previousGeneration = {
	...project('e2e'),
	displayName: 'e2e-n8n1',
	testPathIgnorePatterns: [
		'/test/e2e/(queue|queue-redis|crm|one-canvas|returning-customer)[.]test[.]',
	],
	setupFiles: ['<rootDir>/test/e2e/generation-1.mts'],
};

module.exports = {
	projects: [
		{ ...project('unit'), ...sideBySide },
		{ ...project('engine'), ...sideBySide },
		{ ...project('package'), ...sideBySide },
		project('e2e'),
		previousGeneration,
		project('browser'),
	],
	// Most tests wait for something, so that four take turns on two cores. (jest's default there is one.)
	maxWorkers: 4,
	// A real n8n takes its time; the quick projects never come near this.
	testTimeout: 120_000,
};
