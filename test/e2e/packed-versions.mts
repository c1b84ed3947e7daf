import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { readJsonObject } from '../../scripts/json.mts';
import { packedPackage } from '../../scripts/n8n/package.mts';
import type { PackedVersion } from './package-registry.mts';

// Limits the trigger of the built package to its version 1.
const TRIGGER_VERSION_1_ONLY = `
const { TransactionLinkTrigger: Later } = exports;
exports.TransactionLinkTrigger = class TransactionLinkTrigger extends Later {
	constructor() {
		super();
		const { defaultVersion, ...description } = this.description;
		this.description = { ...description, version: 1 };
	}
};
`;

async function unpack(tarball: string, folder: string): Promise<string> {
	mkdirSync(folder, { recursive: true });
	await execa('tar', ['-xzf', tarball, '-C', folder]);
	return join(folder, 'package');
}

/** Packs the package from the current sources. */
export async function packCurrent(folder: string): Promise<PackedVersion> {
	const tarball = await packedPackage({});
	return {
		tarball,
		manifest: readJsonObject(join(await unpack(tarball, join(folder, 'current')), 'package.json')),
	};
}

/** Packs a stand-in for the previous version: a lower version number, and a trigger with version 1 only. */
export async function packPrevious(
	{ tarball }: PackedVersion,
	folder: string,
): Promise<PackedVersion> {
	const unpacked = await unpack(tarball, join(folder, 'previous'));
	const manifest = { ...readJsonObject(join(unpacked, 'package.json')), version: '0.0.1' };
	writeFileSync(join(unpacked, 'package.json'), JSON.stringify(manifest));
	appendFileSync(
		join(unpacked, 'dist', 'nodes', 'TransactionLinkTrigger', 'TransactionLinkTrigger.node.js'),
		TRIGGER_VERSION_1_ONLY,
	);
	await execa('npm', ['pack', '--pack-destination', join(folder, 'previous')], { cwd: unpacked });
	const name = readdirSync(join(folder, 'previous')).find((file) => file.endsWith('.tgz'));
	return { tarball: join(folder, 'previous', String(name)), manifest };
}
