// Loaded before jest and its workers: ends a process when the one that started it has ended, even if that was killed.
// Otherwise a worker would go on with its test, and with the n8n that the test has started.

const LOOK_MILLISECONDS = 1_000;

const parent = process.ppid;
const look = setInterval(() => {
	if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, LOOK_MILLISECONDS);
look.unref();
