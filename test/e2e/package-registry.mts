import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import express from 'express';
import { PACKAGE_NAME } from '../../scripts/project.mts';

/** One version of the package, as `npm pack` leaves it. */
export interface PackedVersion {
	manifest: Record<string, unknown>;
	tarball: string;
}

/** A registry of packages on 127.0.0.1 that knows this one package. */
export interface PackageRegistry {
	/** Adds a version, and makes it the latest. */
	publish(packed: PackedVersion): void;
	/** What the process of n8n gets, so that its npm asks here, and no server outside of this machine. */
	environment: Record<string, string>;
	close(): Promise<void>;
}

// n8n takes another registry only with a license, and otherwise names the public one on npm's command line. Of two
// of them npm takes the last one. It is the real npm that is run, with everything n8n asks of it.
function npmThatAsks(url: string, folder: string): void {
	const path = (process.env['PATH'] ?? '').replaceAll("'", `'\\''`);
	const program = join(folder, 'npm');
	// With a cache of its own: what comes from here must not be found by requests to the public registry.
	writeFileSync(
		program,
		`#!/bin/sh\nPATH='${path}' npm_config_cache='${join(folder, 'cache')}' exec npm "$@" --registry=${url}\n`,
	);
	chmodSync(program, 0o755);
}

function told(url: string, { manifest, tarball }: PackedVersion): Record<string, unknown> {
	const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
	const dist = {
		integrity,
		tarball: `${url}/${PACKAGE_NAME}/-/${PACKAGE_NAME}-${String(manifest['version'])}.tgz`,
	};
	return { ...manifest, _id: `${PACKAGE_NAME}@${String(manifest['version'])}`, dist };
}

/**
 * Starts a registry that answers what npm asks to look at and to fetch a package, and refuses everything that n8n
 * wants to reach elsewhere. For systems with a shell: on Windows n8n looks for npm in another way.
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
			[...published].map(([version, packed]) => [version, told(url, packed)]),
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
	npmThatAsks(url, folder);
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
