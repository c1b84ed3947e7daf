// Loaded into a program before its own code, by `startProgram`: when the process that started it is gone, however
// that ended, the program asks itself to end. Otherwise an interrupted test would leave an n8n behind for good.

process.once('disconnect', () => {
	process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
