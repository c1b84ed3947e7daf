import type { AddressObject, ParsedMail } from 'mailparser';
import { simpleParser } from 'mailparser';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

import { waitUntil } from './waiting.mts';

/** One e-mail as it arrived. */
export interface MailMessage {
	from: string;
	to: string;
	subject: string;
	/** The plain text; of a mail that only has HTML, its text without the marks. */
	text: string;
	/** The files that came with it. */
	attachments: { name: string; content: Buffer }[];
	receivedAt: Date;
}

/** An SMTP server that keeps what it is sent, and sends nothing on. */
export interface MailServer {
	port: number;
	/** Everything received so far, oldest first. */
	messages: readonly MailMessage[];
	/**
	 * Waits for a message, and takes one that is there already.
	 *
	 * @param wanted tells whether it is this one
	 * @param milliseconds how long to wait at most
	 * @throws when none came in time
	 */
	waitForMessage(
		wanted: (message: MailMessage) => boolean,
		milliseconds: number,
	): Promise<MailMessage>;
	close(): Promise<void>;
}

function addresses(header: AddressObject | AddressObject[] | undefined): string {
	if (header === undefined) return '';
	return [header]
		.flat()
		.map((address) => address.text)
		.join(', ');
}

function asMessage(mail: ParsedMail): MailMessage {
	return {
		from: addresses(mail.from),
		to: addresses(mail.to),
		subject: mail.subject ?? '',
		text: (mail.text ?? '').trim(),
		attachments: mail.attachments.map(({ filename, content }) => ({
			name: filename ?? '',
			content,
		})),
		receivedAt: new Date(),
	};
}

/**
 * Starts an SMTP server on 127.0.0.1 that lets everybody in, without encryption: what "Send Email" sends in a
 * try-out arrives here and goes no further.
 *
 * @param port 0 chooses a free one
 * @param onMessage hears of each message as it arrives
 * @throws when the port cannot be listened on
 */
export async function startMailServer(
	port: number,
	onMessage: (message: MailMessage) => void = () => undefined,
): Promise<MailServer> {
	const messages: MailMessage[] = [];
	const server = new SMTPServer({
		authOptional: true,
		allowInsecureAuth: true,
		disabledCommands: ['STARTTLS'],
		onAuth: (credentials, _session, answer) => {
			answer(null, { user: credentials.username ?? 'anybody' });
		},
		onData: (stream, _session, answer) => {
			simpleParser(stream).then(
				(mail) => {
					const message = asMessage(mail);
					messages.push(message);
					onMessage(message);
					answer();
				},
				(error: unknown) => {
					answer(error instanceof Error ? error : new Error(String(error)));
				},
			);
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	// A sender that hangs up in the middle is its own affair, and must not end this process.
	server.removeAllListeners('error');
	server.on('error', () => undefined);

	const address: AddressInfo | string | null = server.server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : port,
		messages,
		waitForMessage: (wanted, milliseconds) =>
			waitUntil('an e-mail', () => Promise.resolve(messages.find(wanted)), milliseconds),
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
			}),
	};
}
