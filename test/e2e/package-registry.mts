import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import express from 'express';
import { PACKAGE_NAME } from '../../scripts/project.mts';

/** One version of the package, packed by `npm pack`. */
export interface PackedVersion {
	manifest: Record<string, unknown>;
	tarball: string;
}

/** An npm registry on 127.0.0.1 that contains only this package. */
export interface PackageRegistry {
	/** Adds a version, and makes it the latest. */
	publish(packed: PackedVersion): void;
	/** Environment variables that make n8n's npm use this registry, and block n8n's connections to other servers. */
	environment: Record<string, string>;
	close(): Promise<void>;
}

// Without a license, n8n passes the public registry to npm on the command line. npm uses the last --registry, so this
// wrapper appends another one to n8n's arguments and runs the real npm.
function writeNpmWrapper(url: string, folder: string): void {
	const path = (process.env['PATH'] ?? '').replaceAll("'", `'\\''`);
	const program = join(folder, 'npm');
	// A separate cache keeps these versions out of the user's npm cache.
	writeFileSync(
		program,
		`#!/bin/sh\nPATH='${path}' npm_config_cache='${join(folder, 'cache')}' exec npm "$@" --registry=${url}\n`,
	);
	chmodSync(program, 0o755);
}

function versionMetadata(
	url: string,
	{ manifest, tarball }: PackedVersion,
): Record<string, unknown> {
	const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
	const dist = {
		integrity,
		tarball: `${url}/${PACKAGE_NAME}/-/${PACKAGE_NAME}-${String(manifest['version'])}.tgz`,
	};
	return { ...manifest, _id: `${PACKAGE_NAME}@${String(manifest['version'])}`, dist };
}

/**
 * Starts a registry with the endpoints that npm needs to install a package. It rejects n8n's connections to other
 * servers. Requires a POSIX shell: on Windows, n8n finds npm differently.
 */
export async function startPackageRegistry(): Promise<PackageRegistry> {
	const published = new Map<string, PackedVersion>();
	const folder = mkdtempSync(join(tmpdir(), 'transactionlink-registry-'));
	const app = express();
	const server = app.listen(0, '127.0.0.1');
	await new Promise((resolve, reject) => {
		server.once('listening', resolve);
		server.once('error', reject);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	app.get(`/${PACKAGE_NAME}`, (_, response) => {
		const versions = Object.fromEntries(
			[...published].map(([version, packed]) => [version, versionMetadata(url, packed)]),
		);
		response.json({
			name: PACKAGE_NAME,
			'dist-tags': { latest: [...published.keys()].at(-1) },
			versions,
		});
	});
	app.get(`/${PACKAGE_NAME}/-/:file`, (request, response) => {
		const version = request.params.file.slice(PACKAGE_NAME.length + 1, -'.tgz'.length);
		const packed = published.get(version);
		if (packed === undefined) response.sendStatus(404);
		else response.type('application/octet-stream').send(readFileSync(packed.tarball));
	});
	server.on('connect', (_, socket) => {
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	writeNpmWrapper(url, folder);
	return {
		publish(packed) {
			published.set(String(packed.manifest['version']), packed);
		},
		environment: {
			PATH: [folder, process.env['PATH'] ?? ''].join(delimiter),
			HTTPS_PROXY: url,
			https_proxy: url,
		},
		close: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			});
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
