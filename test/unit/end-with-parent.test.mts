// The workers of jest, and with them the programs that their tests started, end when jest is killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const END_WITH_PARENT = pathToFileURL(join('scripts', 'program', 'end-with-parent.mts')).href;
const WORKER = `
process.once('SIGTERM', () => {
	console.log('ended');
	process.exit();
});
setTimeout(() => console.log('not ended within a minute'), 60_000);
console.log('started');
`;
const PARENT = `
const { spawn } = require('node:child_process');
spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' });
setInterval(() => undefined, 60_000);
`;

it('a worker ends when the process that started it is killed', async () => {
	const worker = ['--import', END_WITH_PARENT, '--eval', WORKER];
	const parent = spawn(process.execPath, ['--eval', PARENT, '--', ...worker], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let printed = '';
	parent.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	await once(parent.stdout, 'data');
	parent.kill('SIGKILL');
	// The worker has the other end of this pipe as well.
	await once(parent, 'close');
	expect(printed).toBe('started\nended\n');
});
