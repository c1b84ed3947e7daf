import { running } from './running.mts';

/** Ends the sandboxes after the last test file. */
export default async function stop(): Promise<void> {
	await Promise.all(running.map((sandbox) => sandbox.stop()));
}
