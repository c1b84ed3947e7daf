import { join } from 'node:path';

import { runCommand } from '../command.mts';
import { at } from '../json.mts';
import { projectFolder } from '../project.mts';
import { FOLDERS, roomOf } from './rooms.mts';

/** One file of this project imports another one. */
export interface Import {
	from: string;
	to: string;
}

const isOurs = (file: string): boolean => FOLDERS.some((folder) => file.startsWith(`${folder}/`));

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * Asks dependency-cruiser, which also checks the arrows of the house, for every import between files of this project.
 *
 * @throws with its own words when it does not succeed
 */
export async function readImports(): Promise<Import[]> {
	const program = join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
	const words = [
		program,
		'--config',
		'.dependency-cruiser.cjs',
		'--output-type',
		'json',
		...FOLDERS,
	];
	const cruised: unknown = JSON.parse(
		await runCommand(process.execPath, words, { folder: projectFolder }),
	);
	return list(at(cruised, 'modules')).flatMap((module) => {
		const from = String(at(module, 'source'));
		return list(at(module, 'dependencies'))
			.map((dependency) => ({ from, to: String(at(dependency, 'resolved')) }))
			.filter(({ to }) => isOurs(from) && isOurs(to));
	});
}

/**
 * The arrows between rooms.
 *
 * @returns each pair once, by the names of the rooms
 */
export function arrowsOf(imports: Import[]): Import[] {
	const arrows = new Map<string, Import>();
	for (const { from, to } of imports) {
		const arrow = { from: roomOf(from).name, to: roomOf(to).name };
		if (arrow.from !== arrow.to) arrows.set(`${arrow.from} ${arrow.to}`, arrow);
	}
	return [...arrows.entries()]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([, arrow]) => arrow);
}
