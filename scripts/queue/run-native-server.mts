// Runs a server that is no Node.js program, such as Redis, and ends it when this process ends:
//
//   node run-native-server.mts <server> [its command line]
//
// The variable SERVER_OPTIONS contains ServerOptions as JSON.

import { spawn } from 'node:child_process';

import type { ServerOptions } from './server.mts';

const [server = '', ...args] = process.argv.slice(2);
const { endSignal, identity }: ServerOptions = JSON.parse(String(process.env['SERVER_OPTIONS']));

const child = spawn(server, args, { stdio: ['ignore', 'inherit', 'inherit'], ...identity });
child.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

// `stop` sends SIGTERM to the whole group, the server included; end-when-disconnected.mts sends it to this process
// alone. So the server may get its signal twice, or after another one.
for (const received of ['SIGINT', 'SIGTERM', 'SIGHUP'])
	process.on(received, () => child.kill(endSignal));
