import { spawnSync } from 'node:child_process';

/** Somebody whom this machine knows. */
export interface Account {
	userId: number;
	groupId: number;
	homeFolder: string;
}

/**
 * The account that PostgreSQL has to run as.
 *
 * @returns `undefined` when that is who runs this: PostgreSQL refuses nobody but root
 * @throws when this is run by root and there is no account "postgres", which PostgreSQL's package makes
 */
export function accountForPostgres(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const entry = spawnSync('getent', ['passwd', 'postgres'], { encoding: 'utf8' }).stdout;
	const [, , userId, groupId, , homeFolder] = (entry ?? '').split(':');
	if (userId === undefined || groupId === undefined || homeFolder === undefined) {
		throw new Error(
			'PostgreSQL does not run as root, and there is no account "postgres" that it could run as.',
		);
	}
	return { userId: Number(userId), groupId: Number(groupId), homeFolder };
}
