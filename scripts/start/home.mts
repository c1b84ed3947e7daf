import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { UserError } from '../command-line.mts';
import { readJsonObject, textAt } from '../json.mts';
import type { Owner } from '../n8n/client.mts';

/** An n8n's folder and its owner. */
export interface Home {
	userFolder: string;
	owner: Owner;
	/** Whether an earlier start used it. */
	isExisting: boolean;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

// Two n8n on one database would damage it.
function lock(userFolder: string, command: string): string {
	mkdirSync(userFolder, { recursive: true });
	const file = join(userFolder, 'in-use-by');
	const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
	if (holder > 0 && holder !== process.pid && isRunning(holder)) {
		throw new UserError(
			`Another \`${command}\` is running (process ${holder}). End it first.\n` +
				`If that process is another program, delete ${file}.`,
		);
	}
	writeFileSync(file, String(process.pid));
	return file;
}

// Only the user of this machine knows the password, although n8n listens on 127.0.0.1 only: any page in a browser on
// this machine could try a password from a public repository.
function readOrCreateOwner(file: string): Owner {
	const created = {
		email: 'owner@example.com',
		password: `Demo-${randomBytes(6).toString('hex')}-1`,
	};
	if (!existsSync(file)) writeFileSync(file, JSON.stringify(created, null, '\t'), { mode: 0o600 });
	const kept = readJsonObject(file);
	const email = textAt(kept, 'email');
	const password = textAt(kept, 'password');
	if (email === undefined || password === undefined)
		throw new UserError(`${file} should contain "email" and "password".`);
	return { email, password };
}

function homeIn(userFolder: string): Home {
	const ownerFile = join(userFolder, 'owner.json');
	const isExisting = existsSync(ownerFile);
	return { userFolder, owner: readOrCreateOwner(ownerFile), isExisting };
}

/**
 * The home that every start uses.
 *
 * @param options `keptFolder`: its name in the user's home; `command`: for messages; `fresh`: deletes its content
 * @param ends let the next start use it
 * @throws UserError while another start uses it
 */
export function persistentHome(
	{ keptFolder, command, fresh }: { keptFolder: string; command: string; fresh: boolean },
	ends: AsyncDisposableStack,
): Home {
	// Outside of this project: below it, the installed package would load the project's n8n-workflow instead of n8n's.
	const userFolder = join(homedir(), keptFolder);
	const file = lock(userFolder, command);
	ends.defer(() => rmSync(file, { force: true }));
	if (fresh) {
		rmSync(userFolder, { recursive: true, force: true });
		lock(userFolder, command);
	}
	return homeIn(userFolder);
}

/** A new home for one run. The caller deletes its folder. */
export function temporaryHome(): Home {
	return homeIn(mkdtempSync(join(tmpdir(), 'n8n-nodes-transactionlink-')));
}
