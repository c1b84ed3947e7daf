import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { readJsonObject } from '../../scripts/json.mts';
import { packedPackage } from '../../scripts/n8n/package.mts';
import type { PackedVersion } from './package-registry.mts';

// As it was before: a trigger that knew the first version of itself alone.
const ONLY_THE_FIRST_TRIGGER = `
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

/** The package as the sources are now. */
export async function packedNow(folder: string): Promise<PackedVersion> {
	const tarball = await packedPackage({});
	return {
		tarball,
		manifest: readJsonObject(join(await unpack(tarball, join(folder, 'now')), 'package.json')),
	};
}

/** A stand-in for the version before, with a lower number and a trigger that has only the version 1. */
export async function packedBefore(
	{ tarball }: PackedVersion,
	folder: string,
): Promise<PackedVersion> {
	const unpacked = await unpack(tarball, join(folder, 'before'));
	const manifest = { ...readJsonObject(join(unpacked, 'package.json')), version: '0.0.1' };
	writeFileSync(join(unpacked, 'package.json'), JSON.stringify(manifest));
	appendFileSync(
		join(unpacked, 'dist', 'nodes', 'TransactionLinkTrigger', 'TransactionLinkTrigger.node.js'),
		ONLY_THE_FIRST_TRIGGER,
	);
	await execa('npm', ['pack', '--pack-destination', join(folder, 'before')], { cwd: unpacked });
	const name = readdirSync(join(folder, 'before')).find((file) => file.endsWith('.tgz'));
	return { tarball: join(folder, 'before', String(name)), manifest };
}
