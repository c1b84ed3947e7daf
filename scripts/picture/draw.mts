import type { Import } from './imports.mts';
import { ROOMS, type Room } from './rooms.mts';

const id = (name: string): string => name.replaceAll('/', '_');

const box = ({ name, purpose }: Room): string => `${id(name)}["<b>${name}</b><br/>${purpose}"]`;

/**
 * Draws the rooms and the arrows between them, in the language that GitHub draws pictures from (Mermaid).
 *
 * @param arrows by the names of the rooms
 */
export function draw(arrows: Import[]): string {
	const published = ROOMS.filter(({ isPublished }) => isPublished);
	const others = ROOMS.filter(({ isPublished }) => !isPublished);
	return [
		'flowchart TD',
		'    subgraph published["what is published"]',
		...published.map((room) => `        ${box(room)}`),
		'    end',
		...others.map((room) => `    ${box(room)}`),
		...arrows.map(({ from, to }) => `    ${id(from)} --> ${id(to)}`),
	].join('\n');
}

const BEGIN = '<!-- The picture is made by `npm run picture`. -->';
const END = '<!-- End of the picture. -->';

/**
 * Puts a picture between the two marks of a Markdown text, in place of the one that is there.
 *
 * @throws when the marks are missing
 */
export function withPicture(markdown: string, picture: string): string {
	const begin = markdown.indexOf(BEGIN);
	const end = markdown.indexOf(END, begin);
	if (begin < 0 || end < 0)
		throw new Error(`The text has no place for the picture: ${BEGIN} and ${END}`);
	return `${markdown.slice(0, begin)}${BEGIN}\n\n\`\`\`mermaid\n${picture}\n\`\`\`\n\n${markdown.slice(end)}`;
}
