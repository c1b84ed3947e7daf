import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';

import { isJsonObject, readJsonObject } from '../json.mts';
import { cacheFolder, PACKAGE_NAME, projectFolder } from '../project.mts';

// n8n's installer removes these from the package, so that npm does not fetch a second set of them.
const PROVIDED_BY_N8N = new Set(['devDependencies', 'optionalDependencies', 'peerDependencies']);

/** What the build depends on, and what npm packs without it. */
const SOURCES = [
	'{contract,credentials,gulp,icons,nodes}/**/*',
	'{gulpfile,index}.js',
	'{package,package-lock,tsconfig}.json',
	'{LICENSE,README}.md',
];

const packages = join(cacheFolder, 'package');

/** The paths of all files that the tarball depends on. */
export function sourcePaths(): string[] {
	return globSync(SOURCES, { cwd: projectFolder, withFileTypes: true })
		.filter((file) => file.isFile())
		.map(({ parentPath, name }) => join(parentPath, name))
		.sort();
}

/** Where the tarball of the current sources is cached: equal sources have equal paths. */
function cachedTarball(): string {
	const hash = createHash('sha256');
	for (const path of sourcePaths())
		hash.update(`${path.slice(projectFolder.length)}\0`).update(readFileSync(path));
	return join(packages, hash.digest('hex').slice(0, 16), `${PACKAGE_NAME}.tgz`);
}

/**
 * Packs the current build, as `npm publish` would.
 *
 * @returns the path of the tarball, in a temporary folder that the caller should delete
 * @throws with npm's output when npm fails
 */
export async function pack(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-`));
	await execa('npm', ['pack', '--pack-destination', folder], { cwd: projectFolder });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`\`npm pack\` wrote no tarball to ${folder}.`);
	return join(folder, tarball);
}

/**
 * Builds and packs the package, unless the cache contains a tarball of these very sources.
 *
 * @param options `isBuilt`: `dist` was built from these very sources a moment ago, so that it is only packed; `report`
 * gets lines for the user
 * @returns the path of the tarball
 * @throws with the output of the build or of npm when one of them fails
 */
export async function packedPackage(options: {
	isBuilt?: boolean;
	report?: (line: string) => void;
}): Promise<string> {
	const { isBuilt = false, report = () => undefined } = options;
	const cached = cachedTarball();
	if (existsSync(cached)) {
		report('The package has not changed since it was last packed.');
		return cached;
	}
	if (!isBuilt) {
		report('Building the package (half a minute) ...');
		await execa('npm', ['run', 'build'], { cwd: projectFolder });
	}
	report('Packing it as npm would publish it ...');
	const packed = await pack();
	// Computed again, because the build may update source files that are generated from the contract.
	const tarball = cachedTarball();
	mkdirSync(dirname(tarball), { recursive: true });
	// Copied, because the temporary folder may be on another disk.
	copyFileSync(packed, tarball);
	rmSync(dirname(packed), { recursive: true, force: true });
	return tarball;
}

/**
 * Installs a tarball in an n8n that is not running, in the form in which n8n's installer for community packages does.
 *
 * @param userFolder the n8n's N8N_USER_FOLDER
 */
export async function unpackIntoN8n(tarball: string, userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const installed = join(nodes, 'node_modules', PACKAGE_NAME);
	const unpacked = join(nodes, 'unpacked');
	rmSync(unpacked, { recursive: true, force: true });
	mkdirSync(unpacked, { recursive: true });
	await execa('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);

	const manifestFile = join(unpacked, 'package.json');
	const fields = Object.entries(readJsonObject(manifestFile));
	const manifest = Object.fromEntries(fields.filter(([field]) => !PROVIDED_BY_N8N.has(field)));
	writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));
	rmSync(installed, { recursive: true, force: true });
	mkdirSync(dirname(installed), { recursive: true });
	renameSync(unpacked, installed);

	// The user may have installed other community packages, which stay on the list.
	const listFile = join(nodes, 'package.json');
	const list = existsSync(listFile)
		? readJsonObject(listFile)
		: { name: 'installed-nodes', private: true };
	const others = isJsonObject(list['dependencies']) ? list['dependencies'] : {};
	list['dependencies'] = { ...others, [PACKAGE_NAME]: manifest['version'] };
	writeFileSync(listFile, JSON.stringify(list, null, 2));
}

/**
 * Installs the package, as its sources are now, in an n8n that is not running.
 *
 * @param options `userFolder`: the n8n's N8N_USER_FOLDER; `report` gets lines for the user
 */
export async function packAndUnpack(options: {
	userFolder: string;
	report?: (line: string) => void;
}): Promise<void> {
	await unpackIntoN8n(await packedPackage(options), options.userFolder);
}
