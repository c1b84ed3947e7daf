import { parseArgs } from 'node:util';
import { SANDBOX_CREDENTIALS } from './api/access.mts';
import { SAMPLE_DEFINITIONS } from './definitions.mts';
import { startSandbox } from './server.mts';
import { InvalidSettings } from './settings.mts';
import type { SandboxOptions } from './server.mts';

const DEFAULT_PORT = 4_010;

const HELP = `A local TransactionLink that needs no account.

  --port PORT             where to listen on 127.0.0.1 (default ${DEFAULT_PORT}; 0 takes any free port)
  --webhook ADDRESS       where webhooks go; can be changed later on the sandbox's own page
  --test-webhook ADDRESS  where they go as well, such as the Test URL of n8n's trigger
  --delay MS              how long every request waits for its response (default 0)
  --help                  shows this
`;

/** Thrown for invalid arguments. The message contains them. */
class InvalidArguments extends Error {}

function wholeNumber(name: string, value: string, largest: number): number {
	const number = Number(value);
	if (/^\d+$/.test(value) && number <= largest) return number;
	throw new InvalidArguments(`--${name} takes a whole number up to ${largest}, not "${value}".`);
}

/** The options in the arguments, or null for help. Throws on invalid arguments. */
function readArguments(): (SandboxOptions & { port: number }) | null {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: String(DEFAULT_PORT) },
			webhook: { type: 'string' },
			'test-webhook': { type: 'string' },
			delay: { type: 'string', default: '0' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return null;
	return {
		port: wholeNumber('port', values.port, 65_535),
		settings: {
			delayMs: wholeNumber('delay', values.delay, 600_000),
			webhookAddress: values.webhook ?? null,
			webhookTestAddress: values['test-webhook'] ?? null,
		},
	};
}

function greet(url: string): void {
	console.log(`TransactionLink sandbox: ${url}`);
	console.log(
		`  API key and secret    ${SANDBOX_CREDENTIALS.apiKey} / ${SANDBOX_CREDENTIALS.apiSecret}`,
	);
	console.log(`  Organization token    ${SANDBOX_CREDENTIALS.organizationToken}`);
	for (const { id, name } of SAMPLE_DEFINITIONS) console.log(`  ${name.padEnd(21)} ${id}`);
	console.log(`  Open ${url} in a browser to watch it. Ctrl-C ends it.`);
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** A readable reason for a failed start; undefined for an unexpected one. */
function explain(error: unknown, port: number): string | undefined {
	const code = codeOf(error);
	if (code === 'EADDRINUSE')
		return `Port ${port} is taken. Try another one: --port ${port + 1 > 65_535 ? 0 : port + 1}`;
	if (code === 'EACCES')
		return `Port ${port} needs more rights than this user has. Try another one: --port ${DEFAULT_PORT}`;
	if (error instanceof InvalidSettings)
		return `The sandbox cannot be started like this: ${error.message}`;
	return undefined;
}

async function main(): Promise<void> {
	const options = readArguments();
	if (options === null) {
		console.log(HELP);
		return;
	}
	const sandbox = await startSandbox(options).catch((error: unknown) => {
		const explanation = explain(error, options.port);
		if (explanation === undefined) throw error;
		console.error(explanation);
		process.exit(1);
	});
	greet(sandbox.url);
	const end = (): void => void sandbox.close().then(() => process.exit(0));
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
}

await main().catch((error: unknown) => {
	const code = codeOf(error);
	const wrongArguments =
		error instanceof InvalidArguments ||
		(typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'));
	if (!wrongArguments) throw error;
	console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
	process.exit(1);
});
