import type { INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { projectFolder } from '../../scripts/project.mts';

/** One operation in the description of the built node, with all fields at their defaults. */
export interface DescribedOperation {
	/** E.g. "Case → Create". */
	name: string;
	parameters: { resource: string; operation: string };
	/** The labels in its panel, from top to bottom. */
	labels: string[];
	/** The labels of the required fields that are empty. */
	required: string[];
}

function loadAction(): INodeType {
	const file = `${projectFolder}/dist/nodes/TransactionLink/TransactionLink.node.js`;
	const built = jest.requireActual<{ TransactionLink: new () => INodeType }>(file);
	return new built.TransactionLink();
}

function choices(property: INodeProperties): { name: string; value: string }[] {
	return (property.options ?? []).flatMap((option) =>
		'value' in option ? [{ name: option.name, value: String(option.value) }] : [],
	);
}

/** The labels of the fields that a collection shows from the start. */
function initialLabels({ type, default: initial, options = [] }: INodeProperties): string[] {
	if (type !== 'collection') return [];
	return Object.keys(initial ?? {}).flatMap((name) =>
		options.flatMap((option) =>
			'type' in option && option.name === name ? [option.displayName] : [],
		),
	);
}

/** Lists every operation of the built package. */
export function describedOperations(): DescribedOperation[] {
	const { description } = loadAction();
	const { properties } = description;
	const shown = (values: INodeParameters) =>
		properties.filter((property) =>
			NodeHelpers.displayParameter(values, property, null, description),
		);
	const describe = (
		resource: { name: string; value: string },
		operation: { name: string; value: string },
	): DescribedOperation => {
		const parameters = { resource: resource.value, operation: operation.value };
		const values =
			NodeHelpers.getNodeParameters(properties, parameters, true, false, null, description) ?? {};
		const fields = shown(values);
		return {
			name: `${resource.name} → ${operation.name}`,
			parameters,
			labels: fields.flatMap((field) => [field.displayName, ...initialLabels(field)]),
			required: fields
				.filter((field) => field.required === true && field.default === '')
				.map(({ displayName }) => displayName),
		};
	};
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(choices);
	return resources.flatMap((resource) =>
		shown({ resource: resource.value })
			.filter(({ name }) => name === 'operation')
			.flatMap(choices)
			.map((operation) => describe(resource, operation)),
	);
}
