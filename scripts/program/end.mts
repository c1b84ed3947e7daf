import { type ChildProcess, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const TIDY_UP_MILLISECONDS = 15_000;
const AFTER_A_KILL_MILLISECONDS = 5_000;

function isGone(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

function signalTree(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
		return;
	}
	try {
		// The minus sign means the whole process group.
		process.kill(-pid, signal);
	} catch {
		// Nobody of the group is left, which is what was wanted.
	}
}

async function goneWithin(child: ChildProcess, milliseconds: number): Promise<boolean> {
	const end = Date.now() + milliseconds;
	while (!isGone(child) && Date.now() < end) await pause(50);
	return isGone(child);
}

/**
 * Ends a process and everything it started: asks first, and after 15 seconds insists.
 *
 * @param child was started with `detached`, so that it leads a process group
 */
export async function endProcessTree(child: ChildProcess): Promise<void> {
	if (child.pid === undefined) return;
	if (!isGone(child)) {
		signalTree(child.pid, 'SIGTERM');
		await goneWithin(child, TIDY_UP_MILLISECONDS);
	}
	await killProcessTree(child);
}

/**
 * Ends a process and everything it started at once, without asking.
 *
 * @param child was started with `detached`, so that it leads a process group
 */
export async function killProcessTree(child: ChildProcess): Promise<void> {
	if (child.pid === undefined) return;
	// Also after the leader is gone: what it started may have stayed behind.
	if (process.platform !== 'win32' || !isGone(child)) signalTree(child.pid, 'SIGKILL');
	await goneWithin(child, AFTER_A_KILL_MILLISECONDS);
}
