import { parseArgs } from 'node:util';

/** The command line of the recorder. */
export interface RecordOptions {
	baseUrl: string;
	port: number;
	/** The file of the fixture. */
	out: string;
	help: boolean;
}

export const USAGE = `Records one webhook delivery as a test fixture, without the personal data in it.

  npm run record -- [options]

  --base-url ADDRESS   the TransactionLink that signs it (https://api.transactionlink.io)
  --port PORT          the port on 127.0.0.1 (4020; 0 for any free one)
  --out FILE           the fixture (test/unit/recorded/delivery.json); must not exist
  --help               this text

TRANSACTIONLINK_AUTHORIZATION may contain the Authorization header for the key, if TransactionLink requires one. See
"When the first real webhook is captured" in CONTRIBUTING.md.`;

/** A command line that cannot be used. */
export class UnusableOption extends Error {}

/** @throws UnusableOption with the reason */
export function readOptions(commandLine: string[]): RecordOptions {
	try {
		const {
			'base-url': baseUrl,
			port,
			out,
			help,
		} = parseArgs({
			args: commandLine,
			options: {
				'base-url': { type: 'string', default: '' },
				port: { type: 'string', default: '4020' },
				out: { type: 'string', default: 'test/unit/recorded/delivery.json' },
				help: { type: 'boolean', short: 'h', default: false },
			},
		}).values;
		if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
			throw new Error(`--port must be a port from 0 to 65535, not "${port}".`);
		return { baseUrl, port: Number(port), out, help };
	} catch (error) {
		throw new UnusableOption(
			`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`,
		);
	}
}
