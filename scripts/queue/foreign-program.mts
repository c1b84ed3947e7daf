// Runs a server that is no Node.js program, such as Redis, and ends it when this process ends:
//
//   node foreign-program.mts <server> [its command line]
//
// Variables: SERVER_END_SIGNAL ends the server; SERVER_USER_ID and SERVER_GROUP_ID are for another user than this one.

import { spawn } from 'node:child_process';

function identity(variable: string): number | undefined {
	const value = process.env[variable];
	return value === undefined ? undefined : Number(value);
}

const [server = '', ...args] = process.argv.slice(2);
const uid = identity('SERVER_USER_ID');
const gid = identity('SERVER_GROUP_ID');

const child = spawn(server, args, {
	stdio: ['ignore', 'inherit', 'inherit'],
	...(uid === undefined ? {} : { uid }),
	...(gid === undefined ? {} : { gid }),
});
child.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

// `stop` sends SIGTERM to the whole group, the server included; lifeline.mts sends it to this process alone. So the
// server may get its signal twice, or after another one.
const signal = process.env['SERVER_END_SIGNAL'] === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
for (const received of ['SIGINT', 'SIGTERM', 'SIGHUP'])
	process.on(received, () => child.kill(signal));
