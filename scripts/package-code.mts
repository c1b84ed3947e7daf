import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { bundle } from '../gulp/bundle.js';
import { projectFolder } from './project.mts';

/**
 * Loads code of the package for a program outside of n8n, in the form in which it is published: as source it is for
 * a compiler, and Node alone does not find its imports.
 *
 * @param source its path in the project, e.g. "nodes/shared/authentication/baseUrl.ts"
 * @returns what it exports
 */
export async function packageCode<Exports>(source: string): Promise<Exports> {
	// Below the project, where its imports of n8n-workflow are found.
	const place = join(projectFolder, 'node_modules', '.cache');
	mkdirSync(place, { recursive: true });
	const folder = mkdtempSync(join(place, 'package-code-'));
	try {
		await bundle({ code: join(projectFolder, source) }, folder);
		const exported: Exports = createRequire(join(folder, 'code.js'))('./code.js');
		return exported;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
