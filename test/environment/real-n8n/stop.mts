import { rmSync } from 'node:fs';

import { folders } from './folders.mts';

/** Removes the prepared folders after the last test file. */
export default function stop(): void {
	for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
}
