// The messages of the page, and the elements that show them.

/** An element that every dashboard has. */
export function elementById(id: string): HTMLElement {
	const element = document.getElementById(id);
	if (element === null) throw new Error(`The page has no #${id}`);
	return element;
}

const SEEN_MS = 8_000;

let leaving: ReturnType<typeof setTimeout> | undefined;

/**
 * Shows a message for some seconds, or an error until the next action.
 *
 * Screen readers can still read the message after it has left the screen.
 */
export function showMessage(message: string, error = ''): void {
	clearTimeout(leaving);
	const notice = elementById('message');
	notice.classList.remove('unseen');
	notice.textContent = message;
	elementById('error').textContent = error;
	leaving = setTimeout(() => notice.classList.add('unseen'), SEEN_MS);
}

/** Copies a text, and reports that. */
export function copy(text: string): void {
	navigator.clipboard.writeText(text).then(
		() => showMessage('Copied.'),
		() => showMessage('', 'The browser does not allow copying. Select the text instead.'),
	);
}
