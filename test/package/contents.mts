/** The files that a published package needs, and why; all others are left out. */
const NEEDED = [
	// What npm always adds, and the entry that package.json names.
	/^(LICENSE\.md|README\.md|package\.json|index\.js)$/,
	// The code.
	/^dist\/(credentials|nodes)\/(?!.*\.(test|spec)\.js$).+\.js$/,
	// Search words and links of a node, next to it.
	/^dist\/nodes\/(\w+)\/\1(Trigger)?\.node\.json$/,
	// Previews of what a step yields, which n8n shows before it ran.
	/^dist\/nodes\/\w+\/__schema__\/v\d+\.\d+\.\d+(\/\w+)*\.json$/,
	/^dist\/icons\/[\w.]+\.svg$/,
];

/** The files that a user of the package does not need. */
export function unneeded(files: string[]): string[] {
	return files.filter((file) => !NEEDED.some((pattern) => pattern.test(file)));
}

/** An icon of a node is a drawing of a few lines: what is larger holds something else. */
const LARGEST_ICON = 4096;

/** What an SVG may not hold: n8n shows it inside its own page. */
const FORBIDDEN_IN_AN_ICON: [RegExp, string][] = [
	[/<script\b/i, 'a script'],
	[/\son\w+\s*=/i, 'an event handler'],
	[/<(image|foreignObject|iframe|use|style)\b/i, 'an element that can bring in other content'],
	[/\bhref\s*=|url\(\s*['"]?(?!#)|@import/i, 'a reference to something outside'],
	[/<!(DOCTYPE|ENTITY)/i, 'a document type'],
];

/**
 * Complaints about an icon.
 *
 * @param svg the file's content
 * @returns one sentence for each; empty when all is well
 */
export function complaintsAboutIcon(svg: string): string[] {
	const complaints = FORBIDDEN_IN_AN_ICON.filter(([pattern]) => pattern.test(svg)).map(
		([, what]) => `it holds ${what}`,
	);
	if (!/^(<\?xml[^>]*\?>\s*)?<svg\b[^>]*\sxmlns="http:\/\/www\.w3\.org\/2000\/svg"/.test(svg))
		complaints.push('it is not an SVG');
	const [, width, height] = /\sviewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
	if (width === undefined || width !== height) complaints.push('its viewBox is not a square');
	if (Buffer.byteLength(svg) > LARGEST_ICON)
		complaints.push(`it is larger than ${LARGEST_ICON} bytes`);
	return complaints;
}
