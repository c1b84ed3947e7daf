/** The headings of a Markdown text as GitHub makes anchors of them: small letters, no punctuation, "-" for spaces. */
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

/** Where the links and pictures of a Markdown text go. */
export function linksIn(markdown: string): string[] {
	const withoutCode = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
	return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}
