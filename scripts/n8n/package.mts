import {
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { runCommand } from '../command.mts';
import { isJsonObject, readJsonObject } from '../json.mts';
import { cacheFolder, PACKAGE_NAME, projectFolder } from '../project.mts';
import { fingerprintOfSources } from './sources.mts';

// n8n's own installer takes these out of the package, so that npm does not fetch a second set of them.
const BROUGHT_BY_N8N: ReadonlySet<string> = new Set([
	'devDependencies',
	'optionalDependencies',
	'peerDependencies',
]);

const packages = join(cacheFolder, 'package');
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1_000;

function tarballFor(fingerprint: string): string {
	return join(packages, fingerprint, `${PACKAGE_NAME}.tgz`);
}

// Not all but one: clones that share the cache are worked on side by side, each with sources of its own.
function forgetOldOnes(): void {
	for (const name of readdirSync(packages)) {
		const folder = join(packages, name);
		if (Date.now() - statSync(folder).mtimeMs > KEPT_MILLISECONDS)
			rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Packs what is built now, the way `npm publish` would.
 *
 * @returns the path of the tarball, in a temporary folder that the caller may throw away with its content
 * @throws with npm's own words when it does not succeed
 */
export async function pack(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-`));
	await runCommand('npm', ['pack', '--pack-destination', folder], { folder: projectFolder });
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`\`npm pack\` left no tarball in ${folder}.`);
	return join(folder, tarball);
}

/**
 * Has the tarball of the package as the sources are now; a tarball that was made of the very same sources
 * before is taken again.
 *
 * @param options `isBuilt`: `dist` was built from these very sources a moment ago. Only who built it knows that:
 * what is packed stays in the cache under the sources' fingerprint, for `npm start` as well. `report` gets lines for
 * a person
 * @returns the path of the tarball
 * @throws with the last words of the build or of npm when one of them does not succeed
 */
export async function packedPackage(options: {
	isBuilt?: boolean;
	report: (line: string) => void;
}): Promise<string> {
	const known = tarballFor(fingerprintOfSources());
	if (existsSync(known)) {
		utimesSync(dirname(known), new Date(), new Date());
		options.report('The package did not change since it was packed last.');
		return known;
	}
	if (options.isBuilt !== true) {
		options.report('Building the package (half a minute) ...');
		await runCommand('npm', ['run', 'build'], { folder: projectFolder });
	}
	options.report('Packing it as npm would publish it ...');
	const fresh = await pack();
	// Asked anew, because a build may write into the sources what it makes from the contract.
	const tarball = tarballFor(fingerprintOfSources());
	mkdirSync(dirname(tarball), { recursive: true });
	// Copied, not moved: the temporary folder is often on another disk.
	copyFileSync(fresh, tarball);
	forgetOldOnes();
	rmSync(dirname(fresh), { recursive: true, force: true });
	return tarball;
}

/**
 * Unpacks a tarball into an n8n's user folder, the way n8n's own installer for community packages does.
 *
 * @param tarball what `npm pack` made
 * @param userFolder the folder that n8n gets as N8N_USER_FOLDER
 * @throws when the tarball cannot be unpacked
 */
export async function unpackIntoN8n(tarball: string, userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const place = join(nodes, 'node_modules', PACKAGE_NAME);
	const unpacking = join(nodes, 'unpacking');
	rmSync(unpacking, { recursive: true, force: true });
	mkdirSync(unpacking, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '-C', unpacking], { folder: nodes });

	const manifestFile = join(unpacking, 'package', 'package.json');
	const manifest = Object.fromEntries(
		Object.entries(readJsonObject(manifestFile)).filter(([field]) => !BROUGHT_BY_N8N.has(field)),
	);
	writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));

	rmSync(place, { recursive: true, force: true });
	mkdirSync(dirname(place), { recursive: true });
	renameSync(join(unpacking, 'package'), place);
	rmSync(unpacking, { recursive: true, force: true });
	writeListOfInstalled(join(nodes, 'package.json'), manifest['version']);
}

// A person may have installed other community packages in the same n8n: they stay on the list.
function writeListOfInstalled(file: string, version: unknown): void {
	const list = existsSync(file) ? readJsonObject(file) : { name: 'installed-nodes', private: true };
	const before = isJsonObject(list['dependencies']) ? list['dependencies'] : {};
	list['dependencies'] = { ...before, [PACKAGE_NAME]: version };
	writeFileSync(file, JSON.stringify(list, null, 2));
}

/**
 * Brings the package, as the sources are now, into an n8n that is not running.
 *
 * @param options `userFolder`: the folder that n8n gets as N8N_USER_FOLDER; `report` gets lines for a person
 * @throws as `packedPackage` and `unpackIntoN8n`
 */
export async function packAndUnpack(options: {
	userFolder: string;
	report: (line: string) => void;
}): Promise<void> {
	await unpackIntoN8n(await packedPackage(options), options.userFolder);
}
