'use strict';

// A jest environment without a realm of its own: test files see the globals of the process that runs them. jest gives
// each test file a realm, in which n8n-core has to be loaded again, two seconds of work, and where an error of node:fs
// is no `Error`. Here each worker loads n8n once (kept/), and `instanceof` holds for whatever it throws. The files of
// this project are still loaded for each test file.

const { createRequire } = require('node:module');
const vm = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Stands for the realm of the process where jest wants a context to compile in. */
const OWN_REALM = vm.createContext();

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) =>
	compileFunction(
		code,
		parameters,
		parsingContext === OWN_REALM ? options : { ...options, parsingContext },
	);

/** The same for ES modules. */
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

/** What lasts until the worker ends. */
const kept = new Set(namesOfGlobals());

/** Loads with Node's own `require`, which remembers until the worker ends; jest's forgets with each test file. */
function requireOnce(name, dependent) {
	const here = createRequire(__filename);
	const before = new Set(namesOfGlobals());
	const loaded = (dependent === undefined ? here : createRequire(here.resolve(dependent)))(name);
	for (const added of namesOfGlobals()) if (!before.has(added)) kept.add(added);
	return loaded;
}

/** What jest and test files change in the globals must not reach the next test file. */
function rememberGlobals() {
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
		this.restoreGlobals = rememberGlobals();
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
