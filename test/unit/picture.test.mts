// The drawing of the imports is complete.

import { readFileSync } from 'node:fs';
import { draw, withPicture } from '../../scripts/picture/draw.mts';
import { arrowsOf } from '../../scripts/picture/imports.mts';

const imports = [
	{ from: 'nodes/TransactionLink/resources/case/get.ts', to: 'nodes/shared/api/ask.ts' },
	{ from: 'nodes/TransactionLink/resources/case/create.ts', to: 'nodes/shared/api/endpoints.ts' },
	{ from: 'nodes/shared/api/endpoints.ts', to: 'nodes/shared/api/ask.ts' },
	{
		from: 'credentials/TransactionLinkApi.credentials.ts',
		to: 'nodes/shared/authentication/signIn.ts',
	},
];

it('has one arrow for all imports between two rooms, and none within one', () => {
	expect(arrowsOf(imports)).toEqual([
		{ from: 'credentials', to: 'nodes/shared/authentication' },
		{ from: 'nodes/TransactionLink/resources', to: 'nodes/shared/api' },
	]);
});

it('does not leave out a file that is in no room', () => {
	expect(() =>
		arrowsOf([{ from: 'nodes/Another/Another.node.ts', to: 'nodes/shared/api/ask.ts' }]),
	).toThrow('is in no room');
});

it('takes the place of the picture that was there, and of nothing else', () => {
	const text =
		'before\n<!-- The picture is made by `npm run picture`. -->\nold\n<!-- End of the picture. -->\nafter\n';
	const once = withPicture(text, draw(arrowsOf(imports)));
	expect(once).toMatch(
		/^before\n[^]*```mermaid\nflowchart TD\n[^]*credentials --> nodes_shared_authentication\n[^]*\nafter\n$/,
	);
	expect(once).not.toContain('old');
	expect(withPicture(once, draw(arrowsOf(imports)))).toBe(once);
	expect(() => withPicture('nothing', '')).toThrow('no place');
});

it('has at most twelve arrows between the folders of nodes/shared', () => {
	const arrows = readFileSync('CONTRIBUTING.md', 'utf8').match(
		/nodes_shared_\w+ --> nodes_shared_/g,
	);
	expect(arrows?.length).toBeLessThanOrEqual(12);
});
