import { rmSync } from 'node:fs';

import { running } from './running.mts';

/** Ends the sandboxes after the last test file, and removes what n8n wrote. */
export default async function stop(): Promise<void> {
	await Promise.all(running.map((sandbox) => sandbox.stop()));
	const folders = process.env['N8N_FOLDERS'];
	if (folders !== undefined) rmSync(folders, { recursive: true, force: true });
}
