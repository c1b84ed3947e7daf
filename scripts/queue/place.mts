import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { accountForPostgres } from './account.mts';

/** A folder for PostgreSQL's data, and what is done with it in the end. */
export interface Place {
	folder: string;
	/** To be called when PostgreSQL is gone. */
	leave(): void;
}

/**
 * Chooses where a PostgreSQL of ours keeps its data: within n8n's own folder. When root runs this, PostgreSQL cannot
 * reach that, and the data is kept in the home of the account that it runs as.
 *
 * @param userFolder the folder of the n8n that it belongs to
 * @param options `isPassing`: nobody needs it afterwards; `isFresh`: what an earlier n8n left there is not wanted
 */
export function placeForPostgres(
	userFolder: string,
	options: { isPassing: boolean; isFresh: boolean },
): Place {
	const forget = (folder: string) => {
		rmSync(folder, { recursive: true, force: true });
	};
	if (options.isPassing) {
		const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-transactionlink-postgres-'));
		return {
			folder,
			leave: () => {
				forget(folder);
			},
		};
	}
	const account = accountForPostgres();
	const folder =
		account === undefined
			? join(userFolder, 'postgres')
			: join(account.homeFolder, basename(userFolder));
	if (options.isFresh) forget(folder);
	return { folder, leave: () => undefined };
}
