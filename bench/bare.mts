import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { projectFolder } from '../scripts/project.mts';

const PROGRAM = join(projectFolder, 'bench', 'bare-client.mts');

export const perSecond = (items: number, milliseconds: number) => (items * 1_000) / milliseconds;

/** How long the bare client takes, in milliseconds. */
export async function bareClient(url: string, items: number, inFlight: number): Promise<number> {
	const words = [PROGRAM, url, String(items), String(inFlight)];
	const { stdout } = await promisify(execFile)(process.execPath, words);
	return Number(stdout);
}
