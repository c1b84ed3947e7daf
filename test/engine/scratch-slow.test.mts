import { createServer } from 'node:http';
import { openAccount } from './account.mts';
import { createBinaryItem, useBinaryData } from './harness/index.mts';
import { listen, close } from './harness/local-server.mts';
it('slow', async () => {
	const account = await openAccount();
	await useBinaryData('filesystem');
	let peak = 0; let got = 0;
	const server = createServer(async (request, response) => {
		const begin = Date.now();
		for await (const chunk of request) { got += chunk.length; peak = Math.max(peak, process.memoryUsage().arrayBuffers);
			if (got < 100_000_000 && request.url === '/resources' && process.env['SLOW'] && Date.now() - begin < 40_000) await new Promise((r) => setTimeout(r, 400)); }
		response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ resourceId: 'r', ms: Date.now() - begin }));
	});
	const baseUrl = await listen(server);
	const item = await createBinaryItem('data', { content: Buffer.alloc(Number(process.env['SIZE']), 1), fileName: 'a.bin', mimeType: 'application/octet-stream' });
	for (let i = 0; i < 20; i++) { (globalThis as any).gc?.(); await new Promise((r) => setImmediate(r)); }
	const before = process.memoryUsage().arrayBuffers;
	const run = await account.run({ resource: 'file', operation: 'upload' }, { credential: account.credential({ authentication: 'organizationToken', organizationToken: 'tot_sandbox', baseUrl }), items: [item] });
	require('node:fs').appendFileSync('/tmp/slow.txt', JSON.stringify({ status: run.status, out: run.output[0]?.[0]?.json, err: run.error?.message, d: run.error?.description, got, before: before / 1e6, peak: peak / 1e6 }) + '\n');
	await close(server); await account.close();
}, 120000);
