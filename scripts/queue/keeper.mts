// Stands between a program of this project and a server that is no Node program:
//
//   node keeper.mts <server> [its command line]
//
// The server lives as long as this does. Variables: KEEPER_USER_ID and KEEPER_GROUP_ID, when the server must not
// run as who started it.

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

// PostgreSQL waits on SIGTERM until everybody has hung up; on SIGINT it hangs up itself. Redis takes both alike.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGINT'));
