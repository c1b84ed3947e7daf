// The sandbox's program prints its address, explains its arguments, and exits cleanly.

import { DEFINITION_IDS } from '../../../sandbox/definitions.mts';
import { addressOf, runMain } from './process.mts';
import { until } from './until.mts';
import type { Program } from './process.mts';

const programs: Program[] = [];

/** Starts the program, which is stopped after the test. */
function run(...args: string[]): Program {
	const program = runMain(...args);
	programs.push(program);
	return program;
}

afterEach(async () => {
	for (const { child } of programs) child.kill('SIGKILL');
	await Promise.all(programs.splice(0).map(({ ended }) => ended));
});

test('prints its address and credentials, applies its arguments, and exits cleanly', async () => {
	const program = run('--port', '0', '--delay', '3', '--webhook', 'http://127.0.0.1:9/hook');
	const url = await addressOf(program);
	const settings = await (await fetch(`${url}/_sandbox/settings`)).json();
	expect(settings).toMatchObject({ delayMs: 3, webhookAddress: 'http://127.0.0.1:9/hook' });
	expect(program.printed.output).toContain('tot_sandbox');
	program.child.kill('SIGTERM');
	expect(await program.ended).toBe(0);
	expect(program.printed.errors).toBe('');
});

test('exits cleanly during a run and a pending webhook', async () => {
	const program = run('--port', '0', '--webhook', 'http://127.0.0.1:9/hook');
	const url = await addressOf(program);
	const set = async (settings: object) =>
		await fetch(`${url}/_sandbox/settings`, { method: 'PATCH', body: JSON.stringify(settings) });
	const start = async () => {
		const headers = { Authorization: 'tot_sandbox', 'Content-Type': 'application/json' };
		const body = JSON.stringify({
			workflowDefinitionId: DEFINITION_IDS.slowCheck,
			locale: 'en',
			parameters: {},
		});
		await fetch(`${url}/workflows`, { method: 'POST', headers, body });
	};
	const list = async <Entry,>(name: string) =>
		(await (await fetch(`${url}/_sandbox/${name}`)).json()) as Entry[];
	await set({ pace: 0 });
	await start();
	await until('the webhook to wait for its retry', async () => {
		const [delivery] = await list<{ state: string; attempts: unknown[] }>('deliveries');
		return delivery?.attempts.length === 1 && delivery.state === 'pending' ? true : undefined;
	});
	await set({ pace: 1 });
	await start();
	expect((await list<{ status: string }>('runs')).map(({ status }) => status)).toEqual([
		'COMPLETED',
		'RUNNING',
	]);
	program.child.kill('SIGINT');
	expect(await program.ended).toBe(0);
	expect(program.printed.errors).toBe('');
});

test('reports an occupied port, and another one to try', async () => {
	const { port } = new URL(await addressOf(run('--port', '0')));
	const second = run('--port', port);
	expect(await second.ended).toBe(1);
	expect(second.printed.errors).toBe(
		`Port ${port} is taken. Try another one: --port ${Number(port) + 1}\n`,
	);
});

test('prints its usage', async () => {
	const { ended, printed } = run('--help');
	expect(await ended).toBe(0);
	for (const argument of ['--port', '--webhook', '--delay', '--help'])
		expect(printed.output).toContain(argument);
});

test('rejects invalid arguments without a stack trace', async () => {
	const rejected = [
		{ args: ['--port', 'many'], reason: '--port takes a whole number' },
		{ args: ['--port', '70000'], reason: '--port takes a whole number' },
		{ args: ['--delay=-1'], reason: '--delay takes a whole number' },
		{ args: ['--webhook', 'localhost'], reason: 'The sandbox cannot be started like this' },
		{ args: ['--prot', '1'], reason: '--prot' },
	].map(({ args, reason }) => ({ program: run(...args), reason }));
	for (const { program, reason } of rejected) {
		expect(await program.ended).toBe(1);
		expect(program.printed.errors).toContain(reason);
		expect(program.printed.errors).not.toContain('    at ');
	}
});
