import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

import { execa } from 'execa';
import { at, isJsonObject, readJsonObject } from '../../scripts/json.mts';
import { pack } from '../../scripts/n8n/package.mts';
import { PACKAGE_NAME, projectFolder } from '../../scripts/project.mts';

/** The unpacked tarball that `npm publish` would upload. */
export interface UnpackedPackage {
	folder: string;
	/** The paths of its files, with "/" between folders. */
	files: string[];
	/** The size of the tarball, in bytes. */
	packedSize: number;
	manifest: Record<string, unknown>;
	read(file: string): string;
	/** The nodes that package.json names, with their files. */
	nodes(): { file: string; node: INodeType }[];
	/** The credentials that package.json names, with their files. */
	credentials(): { file: string; credential: ICredentialType }[];
	remove(): void;
}

/** The paths that package.json names under `n8n.nodes` or `n8n.credentials`. */
function pathsIn(manifest: Record<string, unknown>, kind: 'nodes' | 'credentials'): string[] {
	const paths = at(manifest, 'n8n', kind);
	return Array.isArray(paths) ? paths.map(String) : [];
}

/** Creates an instance of the class that has the name of its file, as n8n does. */
function instanceFrom<Instance>(folder: string, file: string): Instance {
	const loaded: unknown = createRequire(join(folder, 'package.json'))(join(folder, file));
	const name = file.split('/').at(-1)?.split('.')[0] ?? '';
	const found: unknown = isJsonObject(loaded) ? loaded[name] : undefined;
	if (typeof found !== 'function') throw new Error(`${file} exports no class ${name}.`);
	return Reflect.construct(found, []);
}

/**
 * Packs the current build, and unpacks it into a temporary folder next to n8n's modules, as in n8n.
 *
 * @throws with npm's output if it cannot be packed
 */
export async function unpackBuilt(): Promise<UnpackedPackage> {
	const tarball = await pack();
	const parent = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-unpacked-`));
	const folder = join(parent, 'package');
	mkdirSync(folder);
	await execa('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			join(entry.parentPath, entry.name)
				.slice(folder.length + 1)
				.split(sep)
				.join('/'),
		);
	const packedSize = statSync(tarball).size;
	rmSync(dirname(tarball), { recursive: true, force: true });
	symlinkSync(join(projectFolder, 'node_modules'), join(parent, 'node_modules'), 'junction');
	const manifest = readJsonObject(join(folder, 'package.json'));
	return {
		folder,
		files,
		packedSize,
		manifest,
		read: (file) => readFileSync(join(folder, file), 'utf8'),
		nodes: () =>
			pathsIn(manifest, 'nodes').map((file) => ({
				file,
				node: instanceFrom<INodeType>(folder, file),
			})),
		credentials: () =>
			pathsIn(manifest, 'credentials').map((file) => ({
				file,
				credential: instanceFrom<ICredentialType>(folder, file),
			})),
		remove: () => rmSync(parent, { recursive: true, force: true }),
	};
}
