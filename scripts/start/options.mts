import { parseArgs } from 'node:util';

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

export const USAGE = `Starts a local TransactionLink, a mail server and a real n8n with this package in it, goes through
one onboarding, and stays up until Ctrl-C.

  npm start -- [options]      stays up
  npm run demo -- [options]   ends after the onboarding: exit code 0 when all of it was seen
  npm run start:queue -- [options]   stays up; n8n runs in queue mode, with Redis and PostgreSQL

  --port <number>          of n8n, its editor and its webhooks (5678)
  --webhook-port <number>  of n8n's webhook processor, in queue mode (5680)
  --sandbox-port <number>  of the local TransactionLink (4010)
  --mail-port <number>     of the mail server (2525)
  --fresh                  forget what the last start kept: owner, credentials, workflows, runs
  --once                   what "npm run demo" adds
  --help                   this text

All of them listen on 127.0.0.1 only. What is kept lies in the folder .n8n-nodes-transactionlink of your
home; that of queue mode in .n8n-nodes-transactionlink-queue.`;

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
