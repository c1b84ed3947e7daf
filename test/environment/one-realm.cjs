'use strict';

// A jest environment in which test files share the realm of their worker. By default, jest creates a realm for each test
// file: each one loads n8n-core again, which takes two seconds, and an error of node:fs is not an instance of `Error`.
// Here each worker loads n8n once (kept/), and `instanceof` works. jest still loads this project's files for each test
// file.

const { createRequire } = require('node:module');
const vm = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** A placeholder for jest, which requires a context to compile in: it stands for the worker's own realm. */
const OWN_REALM = vm.createContext();

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) =>
	compileFunction(
		code,
		parameters,
		parsingContext === OWN_REALM ? options : { ...options, parsingContext },
	);

// The same for ES modules.
for (const kind of ['SourceTextModule', 'SyntheticModule']) {
	if (vm[kind] === undefined) continue;
	vm[kind] = class extends vm[kind] {
		constructor(...parameters) {
			const { context, ...options } = parameters.at(-1) ?? {};
			super(...(context === OWN_REALM ? [...parameters.slice(0, -1), options] : parameters));
		}
	};
}

const namesOfGlobals = () => Reflect.ownKeys(globalThis);

/** The globals that stay until the worker exits. */
const kept = new Set(namesOfGlobals());

/** Loads a module with Node's own `require`, whose cache lasts until the worker exits. jest's lasts for one test file. */
function requireOnce(name, dependent) {
	const here = createRequire(__filename);
	const before = new Set(namesOfGlobals());
	const loaded = (dependent === undefined ? here : createRequire(here.resolve(dependent)))(name);
	for (const added of namesOfGlobals()) if (!before.has(added)) kept.add(added);
	return loaded;
}

/** Saves the globals, and returns a function that restores them for the next test file. */
function saveGlobals() {
	const variables = { ...process.env };
	const { exit, getBuiltinModule } = process;
	return () => {
		for (const name of namesOfGlobals())
			if (!kept.has(name)) Reflect.deleteProperty(globalThis, name);
		for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
		Object.assign(process.env, variables);
		Object.assign(process, { exit, getBuiltinModule });
	};
}

module.exports = class OneRealmEnvironment {
	global = globalThis;
	fakeTimers = null;

	constructor({ projectConfig }) {
		this.restoreGlobals = saveGlobals();
		globalThis.requireOnce = requireOnce;
		this.moduleMocker = new ModuleMocker(globalThis);
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
	}

	async setup() {}

	async teardown() {
		this.fakeTimersModern.dispose();
		this.restoreGlobals();
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return OWN_REALM;
	}
};
