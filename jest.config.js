'use strict';

const { join } = require('node:path');

// V8 caches the compiled code of n8n-core, the compiler and the sandbox for the workers and for programs that tests start.
process.env.NODE_COMPILE_CACHE ??= join(
	process.env.TRANSACTIONLINK_CACHE ?? join(__dirname, '.cache'),
	'compiled',
);

/** The settings of all projects: swc strips the types, `npm run types` checks them. */
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

/** Test files start their n8n on copies of a folder that is prepared before the first one. */
const inN8n = (name, version = 'current') => ({
	...project(name),
	globalSetup: `<rootDir>/test/environment/real-n8n/${version}.mts`,
	globalTeardown: '<rootDir>/test/environment/real-n8n/stop.mts',
	setupFilesAfterEnv: ['<rootDir>/test/environment/real-n8n/test-timeout.mts'],
});

/** The tests in a real n8n again, on the last n8n 1, except what docs/installation.md excludes for it. */
const previousGeneration = {
	...inN8n('e2e', 'previous'),
	displayName: 'e2e-n8n1',
	testPathIgnorePatterns: [
		// Queue mode was tested on n8n 2 only.
		'/(queue|queue-redis)[.]test[.]',
		// n8n 1 has no Odoo node with an API key, and no Crypto node with a credential.
		'/(crm|one-canvas|returning-customer)[.]test[.]',
		// Whether an example survives faults and crashes depends on its nodes, not on n8n's version.
		'/(reconcile-failures|hosted-onboarding-interrupted)[.]test[.]',
	],
	setupFiles: ['<rootDir>/test/e2e/generation-1.mts'],
};

module.exports = {
	projects: [
		{ ...project('unit'), ...sideBySide },
		{ ...project('engine'), ...sideBySide },
		{ ...project('package'), ...sideBySide },
		inN8n('e2e'),
		previousGeneration,
		inN8n('browser'),
	],
	// Most tests wait for something, so four workers share two cores. (jest's default is one.)
	maxWorkers: 4,
	// For the quick projects, which never come near this.
	testTimeout: 120_000,
};
