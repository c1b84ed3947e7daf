/** The files that a published package needs. */
const NEEDED = [
	// The files that npm always adds, and the package's entry point.
	/^(LICENSE\.md|README\.md|package\.json|index\.js)$/,
	/^dist\/(credentials|nodes)\/(?!.*\.(test|spec)\.js$).+\.js$/,
	// The codex file of a node: its search words and links.
	/^dist\/nodes\/(\w+)\/\1(Trigger)?\.node\.json$/,
	// The output previews that n8n shows before a node has run.
	/^dist\/nodes\/\w+\/__schema__\/v\d+\.\d+\.\d+(\/\w+)*\.json$/,
	/^dist\/icons\/[\w.]+\.svg$/,
];

/** The files that a published package does not need. */
export function unneeded(files: string[]): string[] {
	return files.filter((file) => !NEEDED.some((pattern) => pattern.test(file)));
}

/** In bytes. A larger icon contains more than a simple drawing. */
const LARGEST_ICON = 4096;

/** Content that an icon may not have, because n8n shows it inside its own page. */
const FORBIDDEN_IN_AN_ICON: [RegExp, string][] = [
	[/<script\b/i, 'a script'],
	[/\son\w+\s*=/i, 'an event handler'],
	[/<(image|foreignObject|iframe|use|style)\b/i, 'an element that can embed other content'],
	[/\bhref\s*=|url\(\s*['"]?(?!#)|@import/i, 'a reference to something outside'],
	[/<!(DOCTYPE|ENTITY)/i, 'a document type'],
];

/**
 * Checks an icon.
 *
 * @param svg the file's content
 * @returns one sentence for each violation
 */
export function findIconProblems(svg: string): string[] {
	const complaints = FORBIDDEN_IN_AN_ICON.filter(([pattern]) => pattern.test(svg)).map(
		([, content]) => `it contains ${content}`,
	);
	if (!/^(<\?xml[^>]*\?>\s*)?<svg\b[^>]*\sxmlns="http:\/\/www\.w3\.org\/2000\/svg"/.test(svg))
		complaints.push('it is not an SVG');
	const [, width, height] = /\sviewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
	if (width === undefined || width !== height) complaints.push('its viewBox is not a square');
	if (Buffer.byteLength(svg) > LARGEST_ICON)
		complaints.push(`it is larger than ${LARGEST_ICON} bytes`);
	return complaints;
}
