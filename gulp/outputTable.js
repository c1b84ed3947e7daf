'use strict';

// docs/operations.md lists the fields of each operation's output. This step generates the table from the contract.

const { readFile } = require('node:fs/promises');
const { parse } = require('yaml');
const { outputOf } = require('./outputSchemas.js');
const { withPart } = require('./page.js');

/** Names that the panel shows for a resource or an operation, where they are not those of the contract. */
const SHOWN = {
	parameters: 'Parameter Set',
	token: 'Widget Token',
	start: 'Start Execution',
	wait: 'Wait for Completion',
};

/** `getMany` as "Get Many". */
function shown(name) {
	const words = name.replace(/[A-Z]/g, ' $&');
	return SHOWN[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

const listed = (names) => names.map((name) => `\`${name}\``).join(', ');

/** A row: the operation, the fields of the response, and those that the node adds. */
function row(resource, operation, { adds = {}, ...response }, schemas) {
	const fields = Object.keys(outputOf(response, schemas).properties);
	const added = Object.keys(adds).filter((name) => !fields.includes(name));
	return `| ${shown(resource)} → ${shown(operation)} | ${listed(fields)} | ${listed(added)} |`;
}

/**
 * Returns the text of docs/operations.md with the table that the contract says.
 *
 * @param contract the path of the contract
 * @param page the path of the page
 * @throws when the page has no place for the table
 */
async function pageWithOutputs(contract, page) {
	const { components, 'x-outputs': outputs } = parse(await readFile(contract, 'utf8'));
	const { trigger: _, ...resources } = outputs;
	const rows = Object.entries(resources).flatMap(([resource, operations]) =>
		Object.entries(operations)
			.filter(([, { schema }]) => schema !== undefined)
			.map(([operation, output]) => row(resource, operation, output, components.schemas)),
	);
	const head = '| operation | fields of the response | added by the node |\n|---|---|---|';
	return withPart(await readFile(page, 'utf8'), 'fields', [head, ...rows].join('\n'));
}

module.exports = { pageWithOutputs };
