// The harness stores files as n8n does, in memory and on disk.

import {
	createBinaryItem,
	readBinary,
	useBinaryData,
	type BinaryDataMode,
} from './binary-data.mts';
import { ExampleFileNode } from './example/example-file-node.mts';
import { runNode } from './run-node.mts';

test.each<[BinaryDataMode, boolean]>([
	['memory', false],
	['filesystem', true],
])('a node reads and writes files, kept in %s', async (mode, hasId) => {
	await useBinaryData(mode);
	const item = await createBinaryItem('data', {
		content: Buffer.from('quiet'),
		fileName: 'note.txt',
		mimeType: 'text/plain',
	});
	const { status, output } = await runNode({ nodeType: new ExampleFileNode(), items: [item] });

	expect(status).toBe('success');
	const shouted = output[0]?.[0];
	expect(shouted?.binary?.['data']).toMatchObject({
		fileName: 'shouted note.txt',
		mimeType: 'text/plain',
	});
	expect(shouted?.binary?.['data']?.id !== undefined).toBe(hasId);
	expect((await readBinary(shouted, 'data')).toString()).toBe('QUIET');
});
