// Programs end with the shell that started them, and print their usage before anything is installed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Without a signal, it ends after a minute and prints something else.
const PROGRAM = `
process.once('SIGTERM', () => {
	console.log('tidied up');
	process.exit();
});
setTimeout(() => console.log('left alone'), 60_000);
console.log('up');
`;

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'transactionlink-bootstrap-'));
	writeFileSync(join(folder, 'program.mts'), PROGRAM);
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

it('a program ends when the shell in which npm started it ends', async () => {
	// As npm does it: the shell waits, and passes no signal on.
	const line = `"${process.execPath}" scripts/bootstrap.mjs "${join(folder, 'program.mts')}"; true`;
	const shell = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	shell.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	await once(shell.stdout, 'data');
	shell.kill('SIGTERM');
	// Comes when the last one who could print something there is gone.
	await once(shell, 'close');
	expect(printed).toBe('up\ntidied up\n');
});

it.each(['scripts/start', 'bench/main'])(
	'the usage of %s is printed on a machine where nothing is installed',
	async (program) => {
		for (const part of ['scripts/bootstrap.mjs', program])
			cpSync(part, join(folder, part), { recursive: true });
		const bootstrap = join(folder, 'scripts', 'bootstrap.mjs');
		// Neither npm nor a shell can be found.
		const child = spawn(process.execPath, [bootstrap, `${program}.mts`, '--help'], {
			env: { PATH: folder },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let printed = '';
		child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
		const [code] = await once(child, 'close');
		expect(code).toBe(0);
		expect(printed).toMatch(/--help/);
	},
);
