import { rmSync } from 'node:fs';

import { folders } from './prepare.mts';

/** Removes the prepared folders after the last test file. */
export default function stop(): void {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
