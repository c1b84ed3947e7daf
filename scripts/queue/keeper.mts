// Stands between a program of this project and a server that is no Node program:
//
//   node keeper.mts <server> [its command line]
//
// The server lives as long as this does. Variables: KEEPER_SIGNAL, by which the server is asked to end; KEEPER_USER_ID
// and KEEPER_GROUP_ID, when the server must not run as who started it.

import { spawn } from 'node:child_process';

function identity(variable: string): number | undefined {
	const value = process.env[variable];
	return value === undefined ? undefined : Number(value);
}

const [server = '', ...words] = process.argv.slice(2);
const uid = identity('KEEPER_USER_ID');
const gid = identity('KEEPER_GROUP_ID');

const child = spawn(server, words, {
	stdio: ['ignore', 'inherit', 'inherit'],
	...(uid === undefined ? {} : { uid }),
	...(gid === undefined ? {} : { gid }),
});
child.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

// Whoever ends this sends SIGTERM to the server as well, when it ends the whole group, and to this alone, when it is
// gone itself (lifeline.mts). So the server may get its signal twice, or another one before it.
const ending = process.env['KEEPER_SIGNAL'] === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(ending));
