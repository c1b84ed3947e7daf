import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { projectFolder } from '../project.mts';
import { endProcessTree, killProcessTree } from './end.mts';

const LINES_OF_LOG_IN_A_MESSAGE = 30;

/** A program that runs beside this one. */
export interface RunningProgram {
	/** What the machine knows it as. */
	processId: number;
	/** Tells whether it has gone, by itself or because it was told to. */
	isGone(): boolean;
	/** Comes when it is gone. */
	ended: Promise<void>;
	/** What it printed last, for a message. */
	lastWords(): string;
	/** Everything it printed so far. */
	output(): string;
	/** Ends it and everything it started, and comes back when they are gone. */
	stop(): Promise<void>;
	/** Ends it and everything it started without asking, as a crash of the machine would. */
	kill(): Promise<void>;
}

function whenGone(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		child.once('exit', () => {
			resolve();
		});
	});
}

/**
 * Starts a JavaScript or TypeScript program on the Node that runs this. It lives until it is stopped, and no
 * longer than this process; it does not keep this process from ending.
 *
 * @param options `file`: the program; `words`: its command line; `folder`: where it runs; `logFile`: where
 * everything goes that it prints, begun anew; `environment`: variables beside those of this process
 */
export function startProgram(options: {
	file: string;
	words: string[];
	folder: string;
	logFile: string;
	environment?: Record<string, string>;
}): RunningProgram {
	mkdirSync(dirname(options.logFile), { recursive: true });
	const log = openSync(options.logFile, 'w');
	const lifeline = pathToFileURL(join(projectFolder, 'scripts', 'program', 'lifeline.mts')).href;
	const child = spawn(process.execPath, ['--import', lifeline, options.file, ...options.words], {
		cwd: options.folder,
		// A group of its own: it ends when it is told to, and not because Ctrl-C was pressed in this terminal.
		detached: process.platform !== 'win32',
		stdio: ['ignore', log, log, 'ipc'],
		env: { ...process.env, ...options.environment },
	});
	closeSync(log);
	child.unref();
	child.channel?.unref();

	const output = () => (existsSync(options.logFile) ? readFileSync(options.logFile, 'utf8') : '');
	return {
		processId: child.pid ?? 0,
		isGone: () => child.exitCode !== null || child.signalCode !== null,
		ended: whenGone(child),
		lastWords: () => output().trimEnd().split('\n').slice(-LINES_OF_LOG_IN_A_MESSAGE).join('\n'),
		output,
		stop: () => endProcessTree(child),
		kill: () => killProcessTree(child),
	};
}
