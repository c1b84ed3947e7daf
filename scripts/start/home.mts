import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { readJsonObject, textAt } from '../json.mts';
import type { Owner } from '../n8n/session.mts';

/** The folder that is in use by another start. Its message is for the person who gave the command. */
export class FolderInUse extends Error {}

/** The folder that one n8n lives in, and who owns it. */
export interface Home {
	userFolder: string;
	owner: Owner;
	/** Whether something from an earlier start is in it. */
	isKnown: boolean;
	/** Lets the next start have the folder. */
	leave(): void;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

// Two n8n on one database would spoil it.
function lock(userFolder: string, command: string): () => void {
	const file = join(userFolder, 'in-use-by');
	const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
	if (holder > 0 && holder !== process.pid && isAlive(holder)) {
		throw new FolderInUse(
			`Another \`${command}\` is up already (process ${holder}). End it first.\n` +
				`If that process is something else, delete ${file}.`,
		);
	}
	writeFileSync(file, String(process.pid));
	return () => {
		rmSync(file, { force: true });
	};
}

// Known to nobody but the person in front of this machine, although n8n listens on 127.0.0.1 only: any page
// that is open in a browser here could try a password that stands in a public repository.
function readOrMakeOwner(userFolder: string): Owner {
	const file = join(userFolder, 'owner.json');
	if (!existsSync(file)) {
		const password = `Demo-${randomBytes(6).toString('hex')}-1`;
		writeFileSync(
			file,
			`${JSON.stringify({ email: 'owner@example.com', password }, null, '\t')}\n`,
			{ mode: 0o600 },
		);
	}
	const kept = readJsonObject(file);
	const email = textAt(kept, 'email');
	const password = textAt(kept, 'password');
	if (email === undefined || password === undefined)
		throw new Error(`${file} should hold "email" and "password".`);
	return { email, password, firstName: 'Local', lastName: 'Owner' };
}

function settleIn(userFolder: string, leave: () => void): Home {
	const isKnown = existsSync(join(userFolder, 'owner.json'));
	return { userFolder, owner: readOrMakeOwner(userFolder), isKnown, leave };
}

/**
 * The home that a start comes back to.
 *
 * @param options `keptFolder`: its name in the person's home; `command`: what a person types to start; `fresh`:
 * forget what is in it
 * @throws FolderInUse while another start is up
 */
export function keptHome(options: { keptFolder: string; command: string; fresh: boolean }): Home {
	const { keptFolder, command, fresh } = options;
	// Outside of this project: below it, the installed package would find the project's own n8n-workflow before
	// that of n8n, which it never does in a real installation.
	const userFolder = join(homedir(), keptFolder);
	mkdirSync(userFolder, { recursive: true });
	if (fresh) {
		lock(userFolder, command);
		rmSync(userFolder, { recursive: true, force: true });
		mkdirSync(userFolder, { recursive: true });
	}
	return settleIn(userFolder, lock(userFolder, command));
}

/**
 * A new, empty home for one run. The caller deletes the folder when nobody needs its log any more.
 */
export function passingHome(): Home {
	return settleIn(mkdtempSync(join(tmpdir(), 'n8n-nodes-transactionlink-')), () => undefined);
}
