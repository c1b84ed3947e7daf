import type { INodeProperties } from 'n8n-workflow';
import { showWhen, type Field } from '../shared/fields/field';
import { optionsOf } from './fields/options';
import type { Operation, Resource } from './operation';

/** Shows a field only for its own operation, and keeps its other conditions. */
function propertyFor(
	resource: Resource,
	operation: Operation,
	shown: Field<unknown>,
): INodeProperties {
	return showWhen({ resource: [resource.value], operation: [operation.value] }, shown).property;
}

// Not by the rules of a language: loading those takes longer than everything else at n8n's start.
const byName = (one: { name: string }, other: { name: string }): number =>
	one.name < other.name ? -1 : 1;

function operationProperty(resource: Resource): INodeProperties {
	const start = resource.operations[0].value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations
			.map(({ name, value, description, action, builderHint: hint }) => ({
				name,
				value,
				description,
				action,
				...(hint === undefined ? {} : { builderHint: { propertyHint: hint } }),
			}))
			.sort(byName),
		default: start,
	};
}

/**
 * Builds the panel: resource, operation, and the fields of each operation.
 *
 * @param resources the first one is the default of a new node
 */
export function buildProperties(resources: [Resource, ...Resource[]]): INodeProperties[] {
	const start = resources[0].value;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources
				.map(({ name, value, description }) => ({ name, value, description }))
				.sort(byName),
			default: start,
		},
		...resources.map(operationProperty),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				[...operation.fields, optionsOf(operation.options ?? [])].map((field) =>
					propertyFor(resource, operation, field),
				),
			),
		),
	];
}
