import { rmSync } from 'node:fs';

import { running } from './running.mts';

/** Stops the sandboxes after the last test file, and removes n8n's files. */
export default async function stop(): Promise<void> {
	await Promise.all(running.map((sandbox) => sandbox.stop()));
	const folders = process.env['N8N_FOLDERS'];
	if (folders !== undefined) rmSync(folders, { recursive: true, force: true });
}
