import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { bundle } from '../../gulp/bundle.js';
import { projectFolder } from '../../scripts/project.mts';

/**
 * Loads code of the package outside of n8n, bundled as it is published, because Node.js alone does not find
 * the imports of its source.
 *
 * @param source its path in the project, e.g. "nodes/shared/authentication/baseUrl.ts"
 * @returns what it exports
 */
export async function packageCode<Exports>(source: string): Promise<Exports> {
	// Below the project, where its imports of n8n-workflow are found.
	const parent = join(projectFolder, 'node_modules', '.cache');
	mkdirSync(parent, { recursive: true });
	const folder = mkdtempSync(join(parent, 'package-code-'));
	try {
		await bundle({ code: join(projectFolder, source) }, folder);
		const exported: Exports = createRequire(join(folder, 'code.js'))('./code.js');
		return exported;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
