/** The anchors that GitHub creates for headings: in lower case, without punctuation, with "-" for spaces. */
export function anchorsOf(markdown: string): Set<string> {
	const anchors = new Set<string>();
	const withoutCode = markdown.replace(/^```[\s\S]*?^```/gm, '');
	for (const [, heading = ''] of withoutCode.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
		const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
		const anchor = words.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
		let repeated = anchor;
		for (let count = 1; anchors.has(repeated); count += 1) repeated = `${anchor}-${count}`;
		anchors.add(repeated);
	}
	return anchors;
}

/** The targets of the links and pictures in a Markdown text. */
export function linksIn(markdown: string): string[] {
	const withoutCode = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
	return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}
