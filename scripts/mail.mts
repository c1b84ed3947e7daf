import { once } from 'node:events';

import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

import { waitUntil } from './waiting.mts';

/** A received e-mail. */
export interface MailMessage {
	from: string;
	to: string;
	subject: string;
	/** The plain text, or the text of the HTML. */
	text: string;
	/** The addresses that its HTML links to. */
	links: string[];
	attachments: { name: string; content: Buffer }[];
}

/** An SMTP server that keeps what it receives, and forwards nothing. */
export interface MailServer {
	port: number;
	/** Oldest first. */
	messages: readonly MailMessage[];
	/**
	 * Waits for a message. It may have arrived before.
	 *
	 * @throws when none arrives in time
	 */
	waitForMessage(wanted: (message: MailMessage) => boolean): Promise<MailMessage>;
	close(): Promise<void>;
}

const addresses = (header: AddressObject | AddressObject[] = []): string =>
	[header]
		.flatMap((one) => one)
		.map(({ text }) => text)
		.join(', ');

const asMessage = ({
	from,
	to,
	subject = '',
	text = '',
	html,
	attachments,
}: ParsedMail): MailMessage => ({
	from: addresses(from),
	to: addresses(to),
	subject,
	text: text.trim(),
	links: [...String(html).matchAll(/href="([^"]+)"/g)].map(([, link = '']) =>
		link.replaceAll('&amp;', '&'),
	),
	attachments: attachments.map(({ filename = '', content }) => ({ name: filename, content })),
});

/**
 * Starts an SMTP server on 127.0.0.1, without encryption. It accepts any user.
 *
 * @param port 0 chooses a free one
 * @param onMessage gets each message as it arrives
 * @throws when the port is taken
 */
export async function startMailServer(
	port: number,
	onMessage: (message: MailMessage) => void = () => undefined,
): Promise<MailServer> {
	const messages: MailMessage[] = [];
	const receive = async (mail: Parameters<typeof simpleParser>[0]) => {
		const message = asMessage(await simpleParser(mail));
		messages.push(message);
		onMessage(message);
	};
	const server = new SMTPServer({
		authOptional: true,
		allowInsecureAuth: true,
		disabledCommands: ['STARTTLS'],
		onAuth: ({ username }, _session, done) => done(null, { user: username ?? 'anonymous' }),
		onData: (stream, _session, done) => void receive(stream).then(() => done(), done),
	});
	// A client that disconnects within a message must not end this process.
	server.on('error', () => undefined);
	const listener = server.listen(port, '127.0.0.1');
	await once(listener, 'listening');
	const address = listener.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : port,
		messages,
		waitForMessage: (wanted) => waitUntil('an e-mail', async () => messages.find(wanted)),
		close: () => new Promise((resolve) => server.close(resolve)),
	};
}
