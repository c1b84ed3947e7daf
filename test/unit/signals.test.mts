// After a signal, a program cleans up once before it ends.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

// Without a signal, it exits after a minute.
const PROGRAM = `
import { setTimeout as pause } from 'node:timers/promises';
import { onShutdown, isShuttingDown } from '${join(process.cwd(), 'scripts/signals.mts')}';

onShutdown(() => console.log('never'))();
onShutdown(() => Promise.reject(new Error('clean-up failed')));
onShutdown(async () => {
	await pause(100);
	console.log('in order', isShuttingDown());
});
console.log('up', isShuttingDown());
await pause(60_000);
`;

it.each([
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const)(
	'on %s, even repeated, a program cleans up once before it ends',
	async (signal, exitCode) => {
		const program = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let printed = '';
		program.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
		await once(program.stdout, 'data');
		program.kill(signal);
		program.kill(signal);
		await once(program, 'close');
		expect([printed, program.exitCode]).toEqual(['up false\nin order true\n', exitCode]);
	},
);
