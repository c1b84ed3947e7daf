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
])('a node reads and writes files that are stored in %s', async (mode, hasId) => {
	await useBinaryData(mode);
	const item = await createBinaryItem('data', {
		content: Buffer.from('quiet'),
		fileName: 'note.txt',
		mimeType: 'text/plain',
	});
	const { status, output } = await runNode({ nodeType: new ExampleFileNode(), items: [item] });

	expect(status).toBe('success');
	const outputItem = output[0]?.[0];
	expect(outputItem?.binary?.['data']).toMatchObject({
		fileName: 'upper-case note.txt',
		mimeType: 'text/plain',
	});
	expect(outputItem?.binary?.['data']?.id !== undefined).toBe(hasId);
	expect((await readBinary(outputItem, 'data')).toString()).toBe('QUIET');
});
