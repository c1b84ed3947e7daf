// Runs a program of this project on Node 24, with everything that it needs.
//
//   node scripts/bootstrap.mjs sandbox/main.mts --port 4010     a TypeScript file
//   node scripts/bootstrap.mjs jest --selectProjects unit       a command of a development dependency
//
// This file must run on any Node.js from 20 on, before anything is installed: it installs the development dependencies
// when they are missing or out of date, and fetches Node 24 from npm when the running Node.js is older.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NODE_VERSION = '24.21.0';
const OLDEST_NODE_FOR_N8N = 24;

const LOOK_FOR_PARENT_MILLISECONDS = 250;

// Read first, because the parent may end at any time.
const parent = process.ppid;

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = resolve(process.env.TRANSACTIONLINK_CACHE ?? join(project, '.cache'));

/** Prints to standard error, because standard output is the program's. */
function say(text) {
	process.stderr.write(`${text}\n`);
}

/** Runs npm in a folder. If it fails, prints its output and ends this process. */
function npm(folder, ...args) {
	const finished = spawnSync('npm', [...args, '--no-audit', '--no-fund'], {
		cwd: folder,
		encoding: 'utf8',
		shell: process.platform === 'win32',
		maxBuffer: 64 * 1024 * 1024,
	});
	if (finished.status === 0) return;
	say(finished.stdout ?? '');
	say(finished.stderr ?? String(finished.error));
	say(`\`npm ${args.join(' ')}\` failed in ${folder}. Its output is above.`);
	process.exit(1);
}

/** A hash of package.json and the lockfile. */
function wantedDependencies() {
	const hash = createHash('sha256');
	for (const name of ['package.json', 'package-lock.json']) {
		if (existsSync(join(project, name))) hash.update(readFileSync(join(project, name)));
	}
	return hash.digest('hex');
}

/** Installs the development dependencies, unless those of this package.json and lockfile are installed. */
function installDependencies() {
	const stamp = join(project, 'node_modules', '.installed-for');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedDependencies()) return;
	say('Installing the development dependencies (one to two minutes the first time) ...');
	// Without scripts, because some of them require another package manager.
	npm(project, 'install', '--ignore-scripts');
	// Computed again, because npm may have changed the lockfile.
	writeFileSync(stamp, wantedDependencies());
}

/** The path of a Node.js for n8n 2: the running one, or one from npm, in the cache folder. */
function node24() {
	if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE_FOR_N8N) return process.execPath;
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	const folder = join(cache, 'node', NODE_VERSION);
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const binary = join(folder, 'node_modules', name, 'bin', file);
	if (!existsSync(binary)) {
		say(
			`Fetching Node ${NODE_VERSION}, because n8n 2 needs 24 and this is ${process.versions.node} ...`,
		);
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
		npm(folder, 'install', `${name}@${NODE_VERSION}`);
	}
	return binary;
}

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
	say('Usage: node scripts/bootstrap.mjs <file.mts | command> [arguments]');
	process.exit(2);
}

// Plain JavaScript, as the search for programs below, so that it works before anything is installed.
const usage = join(project, program.replace(/\.mts$/, ''), 'usage.mjs');
if ((args.includes('--help') || args.includes('-h')) && existsSync(usage)) {
	const { USAGE } = await import(pathToFileURL(usage).href);
	console.log(USAGE);
	process.exit();
}

const { requirePrograms } = await import('./program/find-programs.mjs');
try {
	requirePrograms(program, args);
} catch (error) {
	say(error.message);
	process.exit(1);
}

installDependencies();
const node = node24();
const commands = join(project, 'node_modules', '.bin');
const isFile = /\.m?[jt]s$/.test(program);

// Or jest, whose modules are CommonJS, could not load a dependency that is an ES module. Its workers get the same flags.
const endWithParent = pathToFileURL(join(project, 'scripts', 'program', 'end-with-parent.mts'));
const flags =
	program === 'jest'
		? [
				...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
				...['--import', endWithParent.href],
			]
		: [];

const file = isFile ? resolve(program) : join(commands, program);
const child = spawn(node, [...flags, file, ...args], {
	stdio: 'inherit',
	env: {
		...process.env,
		TRANSACTIONLINK_CACHE: cache,
		PATH: [dirname(node), commands, process.env.PATH].join(delimiter),
		// Native modules are built against the headers of the Node that loads them.
		...(node === process.execPath ? {} : { npm_config_nodedir: dirname(dirname(node)) }),
	},
});

// Ctrl-C reaches the child as well, which has the same terminal. This process waits for it to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
	});
}

// npm passes a signal to its shell only, which ends without passing it on. So this process checks whether its parent
// has ended. That also ends `node scripts/bootstrap.mjs ... &` when its shell exits, but not `npm start &`: npm and its
// own shell outlive that shell.
const look = setInterval(() => {
	if (process.ppid === parent) return;
	clearInterval(look);
	child.kill('SIGTERM');
}, LOOK_FOR_PARENT_MILLISECONDS);
look.unref();

child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
