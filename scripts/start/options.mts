import { parseArgs } from 'node:util';

import { USAGE } from './usage.mjs';

/** What a person can choose when starting. */
export interface StartOptions {
	port: number;
	/** Only used when a webhook processor is run. */
	webhookPort: number;
	sandboxPort: number;
	mailPort: number;
	/** Forget what the last start kept. */
	fresh: boolean;
	/** End after one onboarding. */
	once: boolean;
	help: boolean;
}

/** A command line that cannot be followed. Its message is for the person who gave it. */
export class UnusableOption extends Error {}

const LARGEST_PORT = 65_535;

function readPort(option: string, value: string): number {
	const port = Number(value);
	if (Number.isInteger(port) && port > 0 && port <= LARGEST_PORT) return port;
	throw new UnusableOption(`--${option} takes a port from 1 to ${LARGEST_PORT}, not "${value}".`);
}

/**
 * Reads the command line.
 *
 * @param commandLine what stands behind the program's name
 * @throws UnusableOption saying what is wrong with it
 */
export function readOptions(commandLine: string[]): StartOptions {
	const values = parse(commandLine);
	const port = readPort('port', values.port);
	const sandboxPort = readPort('sandbox-port', values['sandbox-port']);
	const mailPort = readPort('mail-port', values['mail-port']);
	const webhookPort = readPort('webhook-port', values['webhook-port']);
	if (new Set([port, sandboxPort, mailPort, webhookPort]).size < 4) {
		throw new UnusableOption(
			'n8n, its webhook processor, the sandbox and the mail server need different ports.',
		);
	}
	const { fresh, once, help } = values;
	return { port, webhookPort, sandboxPort, mailPort, fresh, once, help };
}

function parse(commandLine: string[]) {
	try {
		return parseArgs({
			args: commandLine,
			options: {
				port: { type: 'string', default: '5678' },
				'webhook-port': { type: 'string', default: '5680' },
				'sandbox-port': { type: 'string', default: '4010' },
				'mail-port': { type: 'string', default: '2525' },
				fresh: { type: 'boolean', default: false },
				once: { type: 'boolean', default: false },
				help: { type: 'boolean', short: 'h', default: false },
			},
		}).values;
	} catch (error) {
		throw new UnusableOption(
			`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`,
		);
	}
}
