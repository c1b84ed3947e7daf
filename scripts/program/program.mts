import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { messageOf } from '../command-line.mts';
import { projectFolder } from '../project.mts';
import { waitUntil } from '../waiting.mts';

const LINES_IN_A_MESSAGE = 30;
const TERMINATION_MILLISECONDS = 15_000;
const KILL_MILLISECONDS = 5_000;

/** A program that runs in a process group of its own. */
export class RunningProgram {
	/** Resolves when it has ended, for whatever reason. */
	readonly ended: Promise<unknown>;
	readonly #child: ChildProcess;
	readonly #logFile: string;

	constructor(child: ChildProcess, logFile: string) {
		this.#child = child;
		this.#logFile = logFile;
		this.ended = once(child, 'exit');
	}

	get processId(): number {
		return this.#child.pid ?? 0;
	}

	hasEnded(): boolean {
		return this.#child.exitCode !== null || this.#child.signalCode !== null;
	}

	/** Everything that it has printed. */
	output(): string {
		return readFileSync(this.#logFile, 'utf8');
	}

	/**
	 * Waits until it is ready. If that takes too long or it ends before, it is stopped.
	 *
	 * @param name of the program, for messages
	 * @param look returns `undefined` until the program is ready
	 * @throws with the last lines that it printed
	 */
	async whenReady<Seen>(
		name: string,
		look: () => Seen | undefined | Promise<Seen | undefined>,
	): Promise<Seen> {
		const lookAgain = async () => {
			if (this.hasEnded()) throw new Error(`${name} ended before it was ready.`);
			return await look();
		};
		try {
			return await waitUntil(`${name} to be ready`, lookAgain);
		} catch (error) {
			await this.stop();
			const lines = this.output().trimEnd().split('\n').slice(-LINES_IN_A_MESSAGE).join('\n');
			throw new Error(`${messageOf(error)} Its last lines, from ${this.#logFile}:\n${lines}`);
		}
	}

	/** Terminates it and everything it started, and kills what is left after 15 seconds. */
	async stop(): Promise<void> {
		if (!this.hasEnded()) {
			this.#signal('SIGTERM');
			await this.#endedWithin(TERMINATION_MILLISECONDS);
		}
		await this.kill();
	}

	/** Kills it and everything it started, as a crash of the machine would. */
	async kill(): Promise<void> {
		// Also when it has ended: the programs it started may be left.
		this.#signal('SIGKILL');
		await this.#endedWithin(KILL_MILLISECONDS);
	}

	#signal(signal: 'SIGTERM' | 'SIGKILL'): void {
		const { pid } = this.#child;
		if (pid === undefined) return;
		if (process.platform === 'win32') {
			spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
			return;
		}
		try {
			// The minus sign addresses the process group.
			process.kill(-pid, signal);
		} catch {
			// No process of the group is left.
		}
	}

	async #endedWithin(milliseconds: number): Promise<void> {
		if (this.hasEnded()) return;
		const timeout = new AbortController();
		const timer = setTimeout(() => timeout.abort(), milliseconds);
		await once(this.#child, 'exit', { signal: timeout.signal }).catch(() => undefined);
		clearTimeout(timer);
	}
}

/**
 * Starts a JavaScript or TypeScript program on the Node.js that runs this. It ends with this process at the latest, and
 * does not keep this process from ending.
 *
 * @param options `file`: the program; `args`: its command line; `folder`: its working directory; `logFile`: replaced by
 * what it prints; `environment`: variables in addition to those of this process
 */
export function startProgram(options: {
	file: string;
	args: string[];
	folder: string;
	logFile: string;
	environment?: Record<string, string>;
}): RunningProgram {
	mkdirSync(dirname(options.logFile), { recursive: true });
	const log = openSync(options.logFile, 'w');
	const guard = pathToFileURL(
		join(projectFolder, 'scripts/program/end-when-disconnected.mts'),
	).href;
	const child = spawn(process.execPath, ['--import', guard, options.file, ...options.args], {
		cwd: options.folder,
		// A process group of its own, which Ctrl-C in this terminal does not reach.
		detached: process.platform !== 'win32',
		stdio: ['ignore', log, log, 'ipc'],
		env: { ...process.env, ...options.environment },
	});
	closeSync(log);
	child.unref();
	child.channel?.unref();
	return new RunningProgram(child, options.logFile);
}
