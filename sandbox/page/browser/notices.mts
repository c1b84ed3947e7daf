import { part } from './part.mts';

const SEEN_MS = 8_000;

let leaving: ReturnType<typeof setTimeout> | undefined;

/**
 * Shows a message for some seconds, or an error until the next action.
 *
 * Screen readers can still read the message after it has left the screen.
 */
export function say(message: string, error = ''): void {
	clearTimeout(leaving);
	const notice = part('message');
	notice.classList.remove('unseen');
	notice.textContent = message;
	part('error').textContent = error;
	leaving = setTimeout(() => notice.classList.add('unseen'), SEEN_MS);
}
