// The dependencies between the folders of nodes/shared do not grow.

import { readFileSync } from 'node:fs';

it('has at most twelve arrows between the folders of nodes/shared', () => {
	const arrows = readFileSync('docs/design/modules.md', 'utf8').match(
		/^nodes_shared_\w+-->nodes_shared_/gm,
	);
	expect(arrows?.length).toBeGreaterThan(0);
	expect(arrows?.length).toBeLessThanOrEqual(12);
});
