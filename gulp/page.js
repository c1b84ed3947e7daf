'use strict';

/**
 * Replaces a generated part of a page, between `<!-- <name>: begin -->` and `<!-- <name>: end -->`.
 *
 * @param {string} page the text of the page
 * @param {string} name of the part
 * @param {string} part
 * @throws when the page has no such markers
 */
function withPart(page, name, part) {
	const begin = `<!-- ${name}: begin -->`;
	const end = `<!-- ${name}: end -->`;
	const [before, rest = ''] = page.split(begin);
	const [, after] = rest.split(end);
	if (after === undefined) throw new Error(`The page should contain ${begin} and ${end}.`);
	return `${before}${begin}\n\n${part}\n\n${end}${after}`;
}

module.exports = { withPart };
