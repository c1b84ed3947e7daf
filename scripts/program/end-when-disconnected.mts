// Loaded by `startProgram` before a program's own code: terminates the program when the process that started it has
// ended, even if that crashed. Otherwise an interrupted test would leave an n8n running.

process.once('disconnect', () => {
	process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
