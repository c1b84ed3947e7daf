import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether there is a program of that path, and it may be run. */
export function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The folders in which a command is looked for, first one first. */
export function foldersOnPath(): string[] {
	return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** The first of some folders that holds the program, with its name. */
export function findProgram(name: string, folders: string[]): string | undefined {
	return folders.map((folder) => join(folder, name)).find(isProgram);
}
