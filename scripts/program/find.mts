import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a path leads to a program that may be run. */
export function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The path of a program in the first of some folders, or on PATH, that contains it. */
export function findProgram(
	name: string,
	folders = (process.env['PATH'] ?? '').split(delimiter),
): string | undefined {
	return folders.map((folder) => join(folder, name)).find(isProgram);
}
