import { say } from './notices.mts';

/** Copies a text, and reports that. */
export function copy(text: string): void {
	navigator.clipboard.writeText(text).then(
		() => say('Copied.'),
		() => say('', 'The browser does not allow copying. Select the text instead.'),
	);
}
