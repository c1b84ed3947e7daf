// Programs end with the shell that started them, and print their usage even if nothing is installed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Without a signal, it exits after a minute with other output.
const PROGRAM = `
process.once('SIGTERM', () => {
	console.log('cleaned up');
	process.exit();
});
setTimeout(() => console.log('timed out'), 60_000);
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
	// Like npm: the shell waits, and does not forward signals.
	const line = `"${process.execPath}" scripts/bootstrap.mjs "${join(folder, 'program.mts')}"; true`;
	const shell = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	shell.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	await once(shell.stdout, 'data');
	shell.kill('SIGTERM');
	// Emitted once every process that can write to this pipe has exited.
	await once(shell, 'close');
	expect(printed).toBe('up\ncleaned up\n');
});

it.each(['scripts/start', 'bench/main'])(
	'the usage of %s is printed on a machine where nothing is installed',
	async (program) => {
		for (const part of ['scripts/bootstrap.mjs', program])
			cpSync(part, join(folder, part), { recursive: true });
		const bootstrap = join(folder, 'scripts', 'bootstrap.mjs');
		// The PATH contains neither npm nor a shell.
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

it.each([
	['test:all', ['scripts/test.mts', '--all'], /and Redis [^]*Chromium was not found/],
	['start:queue', ['scripts/start.mts', '--queue'], /and Redis /],
])('npm run %s lists missing programs before it installs anything', async (_, args, expected) => {
	for (const part of ['bootstrap.mjs', 'user-error.mjs', 'program', 'start', 'test'])
		cpSync(join('scripts', part), join(folder, 'scripts', part), { recursive: true });
	const child = spawn(process.execPath, [join(folder, 'scripts', 'bootstrap.mjs'), ...args], {
		env: { PATH: folder },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let printed = '';
	child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	const [code] = await once(child, 'close');
	expect(code).toBe(1);
	expect(printed).toMatch(expected);
	expect(printed).not.toContain('Installing');
});
