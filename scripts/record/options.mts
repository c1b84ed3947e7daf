import { parseArgs } from 'node:util';

const LARGEST_PORT = 65_535;

/** What a person can choose when recording. */
export interface RecordOptions {
	baseUrl: string;
	port: number;
	/** The file that the fixture goes into. */
	out: string;
	help: boolean;
}

export const USAGE = `Takes one webhook delivery and writes it into a file that tests can play again,
without the personal data in it.

  npm run record -- [options]

  --base-url ADDRESS   the TransactionLink that signs it (https://api.transactionlink.io)
  --port PORT          where to listen on 127.0.0.1 (4020; 0 takes any free port)
  --out FILE           where the fixture goes (test/unit/recorded/delivery.json); an existing file stays as it is
  --help               this text

The variable TRANSACTIONLINK_AUTHORIZATION may hold what goes into the header Authorization, where the key is not given
out without: an organization token (tot_...), or "Bearer " and an access token.

"When the first real webhook is captured" in CONTRIBUTING.md says how to go about it.`;

/** A command line that cannot be followed. Its message is for the person who gave it. */
export class UnusableOption extends Error {}

function parse(commandLine: string[]) {
	try {
		return parseArgs({
			args: commandLine,
			options: {
				'base-url': { type: 'string', default: '' },
				port: { type: 'string', default: '4020' },
				out: { type: 'string', default: 'test/unit/recorded/delivery.json' },
				help: { type: 'boolean', short: 'h', default: false },
			},
		}).values;
	} catch (error) {
		throw new UnusableOption(
			`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`,
		);
	}
}

/**
 * Reads the command line.
 *
 * @param commandLine what stands behind the program's name
 * @throws UnusableOption saying what is wrong with it
 */
export function readOptions(commandLine: string[]): RecordOptions {
	const { 'base-url': baseUrl, port, out, help } = parse(commandLine);
	if (!/^\d+$/.test(port) || Number(port) > LARGEST_PORT) {
		throw new UnusableOption(`--port takes a port from 0 to ${LARGEST_PORT}, not "${port}".`);
	}
	return { baseUrl, port: Number(port), out, help };
}
