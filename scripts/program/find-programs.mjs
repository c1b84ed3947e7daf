// Finds the programs that npm does not install. Plain JavaScript without dependencies, because scripts/bootstrap.mjs
// looks for them before it installs anything.

import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { UserError } from '../user-error.mjs';

/**
 * The paths of the programs that queue mode needs in addition to n8n; `initdb` creates the folder with PostgreSQL's data.
 *
 * @typedef {{ redis: string, postgres: string, initdb: string }} Servers
 */

// Debian keeps PostgreSQL's programs out of PATH, in one folder for each version.
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** The names under which Chromium and Chrome are installed. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Where they are installed outside of PATH. */
const BROWSER_PATHS = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @param {string} file */
function isProgram(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * The path of a program in the first of some folders, or on PATH, that contains it.
 *
 * @param {string} name
 */
function findProgram(name, folders = (process.env['PATH'] ?? '').split(delimiter)) {
	return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** @param {string} name */
function findPostgresProgram(name) {
	const versions = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS) : [];
	const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
	const folders = newestFirst.map((version) => join(POSTGRES_VERSIONS, version, 'bin'));
	return findProgram(name, folders) ?? findProgram(name);
}

/**
 * Finds Redis and PostgreSQL.
 *
 * @returns {Servers}
 * @throws UserError saying what to install
 */
export function findServers() {
	const redis = findProgram('redis-server');
	const postgres = findPostgresProgram('postgres');
	const initdb = findPostgresProgram('initdb');
	const hasPostgres = postgres !== undefined && initdb !== undefined;
	if (redis !== undefined && hasPostgres) return { redis, postgres, initdb };
	const missing = [
		...(redis === undefined ? ['Redis'] : []),
		...(hasPostgres ? [] : ['PostgreSQL']),
	];
	throw new UserError(
		`Queue mode needs Redis and PostgreSQL, and ${missing.join(' and ')} was not found.\n` +
			'Install both. They need no setup and need not be running:\n' +
			'  Debian, Ubuntu   sudo apt-get install redis-server postgresql\n' +
			'  macOS            brew install redis postgresql@17, and put the bin folder of postgresql@17 on PATH',
	);
}

/**
 * Finds a Chromium or Chrome: the program in the variable CHROMIUM, or an installed one.
 *
 * @returns its path
 * @throws UserError saying what to install
 */
export function findChromium() {
	const chosen = process.env['CHROMIUM'];
	if (chosen !== undefined && chosen !== '') {
		if (isProgram(chosen)) return chosen;
		throw new UserError(`The variable CHROMIUM contains ${chosen}, which is not a program.`);
	}
	const onPath = BROWSERS.map((name) => findProgram(name)).find((file) => file !== undefined);
	const found = onPath ?? BROWSER_PATHS.find(isProgram);
	if (found !== undefined) return found;
	throw new UserError(
		'Chromium was not found. Install it, or put the path of the program into the variable CHROMIUM:\n' +
			'  Debian, Ubuntu   sudo apt-get install chromium\n' +
			'  macOS            brew install --cask chromium',
	);
}

/** @param {() => unknown} find @returns {string[]} */
function problemsIn(find) {
	try {
		find();
		return [];
	} catch (error) {
		if (error instanceof UserError) return [error.message];
		throw error;
	}
}

/**
 * Checks before anything is installed that a program of this project finds the programs it needs.
 *
 * @param {string} program e.g. "scripts/start.mts"
 * @param {string[]} args its command line
 * @throws UserError with the commands that install what is missing
 */
export function requirePrograms(program, args) {
	if (program === 'scripts/start.mts' && args.includes('--queue')) findServers();
	if (program !== 'scripts/test.mts' || !args.includes('--all')) return;
	const messages = [findServers, findChromium].flatMap(problemsIn);
	if (messages.length > 0)
		throw new UserError([...messages, '`npm test` needs none of this.'].join('\n\n'));
}
