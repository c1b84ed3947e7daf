'use strict';

// n8n shows the output fields of a node that never ran by a JSON schema next to the built node:
// __schema__/v<version>/<resource>/<operation>.json. This step generates the schemas from the contract.

const { mkdir, readFile, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { parse } = require('yaml');

const project = dirname(__dirname);
const CONTRACT = join(project, 'contract', 'openapi.yaml');
const nodes = join(project, 'dist', 'nodes');

/** The parts of a schema that n8n reads; others would only make the package larger. */
const KEPT = ['type', 'properties', 'items', 'enum', 'format'];

/** Resolves references and merges `allOf`. */
function resolved(schema, schemas) {
	if (schema.$ref !== undefined) return resolved(schemas[schema.$ref.split('/').pop()], schemas);
	const whole = (schema.allOf ?? []).reduce((joined, part) => {
		const { properties, ...rest } = resolved(part, schemas);
		return { ...joined, ...rest, properties: { ...joined.properties, ...properties } };
	}, schema);
	const kept = Object.fromEntries(
		KEPT.filter((key) => whole[key] !== undefined).map((key) => [key, whole[key]]),
	);
	if (kept.items !== undefined) kept.items = resolved(kept.items, schemas);
	if (kept.properties !== undefined) {
		kept.properties = Object.fromEntries(
			Object.entries(kept.properties).map(([name, property]) => [
				name,
				resolved(property, schemas),
			]),
		);
	}
	return kept;
}

/** The schema of one output: the response's, without the fields that the node drops and with those that it adds. */
function outputOf({ schema, adds = {}, drops = [] }, schemas) {
	const response = resolved(schemas[schema], schemas);
	const added = resolved({ properties: adds }, schemas).properties;
	const kept = Object.entries(response.properties).filter(([name]) => !drops.includes(name));
	return { ...response, properties: { ...Object.fromEntries(kept), ...added } };
}

async function write(file, schema) {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, `${JSON.stringify(schema)}\n`);
}

/** The description of the built node. */
function descriptionOf(name) {
	const { [name]: NodeClass } = require(join(nodes, name, `${name}.node.js`));
	return new NodeClass().description;
}

/** The folders in which n8n looks for the previews of each version of a node: v1.1.0 for 1.1. */
function foldersFor(name) {
	return [descriptionOf(name).version].flat().map((version) => {
		const parts = [...String(version).split('.'), '0', '0'].slice(0, 3);
		return join(nodes, name, '__schema__', `v${parts.join('.')}`);
	});
}

/** Every operation of the built node, as `resource/operation`. */
function operationsOfTheNode() {
	return descriptionOf('TransactionLink')
		.properties.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			options.map(({ value }) => `${displayOptions.show.resource[0]}/${value}`),
		);
}

/**
 * Writes the previews into the built package. Fails when an operation has no preview, or a preview has no operation.
 */
async function outputSchemas() {
	const contract = parse(await readFile(CONTRACT, 'utf8'));
	const { schemas } = contract.components;
	const { trigger, ...resources } = contract['x-outputs'];
	const outputs = Object.entries(resources).flatMap(([resource, operations]) =>
		Object.entries(operations).map(([operation, output]) => [`${resource}/${operation}`, output]),
	);
	const offered = operationsOfTheNode().sort().join(', ');
	const named = outputs
		.map(([name]) => name)
		.sort()
		.join(', ');
	if (offered !== named) {
		throw new Error(
			`x-outputs of the contract should hold each operation, and no other.\nOffered:   ${offered}\nDescribed: ${named}`,
		);
	}
	const described = outputs.filter(([, { schema }]) => schema !== undefined);
	const previews = foldersFor('TransactionLink').flatMap((folder) =>
		described.map(([name, output]) => [join(folder, `${name}.json`), outputOf(output, schemas)]),
	);
	for (const folder of foldersFor('TransactionLinkTrigger')) {
		previews.push([`${folder}.json`, outputOf(trigger, schemas)]);
	}
	await Promise.all(previews.map(([file, schema]) => write(file, schema)));
}

module.exports = { outputOf, outputSchemas };
