'use strict';

// Which imports are allowed. `npm run structure` checks them, and `npm run diagram` draws them into docs/design/modules.md.

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
	forbidden: [
		forbidden('no-circles', 'No file reaches itself through others.', {}, { circular: true }),
		forbidden(
			'published-imports',
			'Published code imports only n8n-workflow, node:crypto and other published files.',
			{ path: '^(nodes|credentials)/' },
			{ pathNot: ['^(nodes|credentials)/', '^node_modules/n8n-workflow/', '^(node:)?crypto$'] },
		),
		forbidden(
			'shared-points-nowhere',
			'The code that the nodes share imports no node.',
			{ path: '^nodes/shared/' },
			{ path: '^(credentials/|nodes/TransactionLink)' },
		),
		forbidden(
			'http-and-fields-know-json',
			'HTTP and fields are independent of TransactionLink, and import only json.ts.',
			{ path: '^nodes/shared/(http|fields)/' },
			{ path: '^nodes/shared/', pathNot: '^nodes/shared/($1/|json[.]ts$)' },
		),
		forbidden(
			'json-is-the-bottom',
			'json.ts imports no other file.',
			{ path: '^nodes/shared/json[.]ts$' },
			{ path: '^nodes/' },
		),
		forbidden(
			'contract-above-http',
			'Of nodes/shared, the contract imports only http and json.ts.',
			{ path: '^nodes/shared/contract/' },
			{ path: '^nodes/shared/(api|authentication|fields)/' },
		),
		forbidden(
			'authentication-below-api',
			'Authentication does not import the client that uses it.',
			{ path: '^nodes/shared/authentication/' },
			{ path: '^nodes/shared/api/' },
		),
		forbidden(
			'nodes-apart',
			'The two nodes do not import each other.',
			{ path: '^nodes/TransactionLink/' },
			{ path: '^nodes/TransactionLinkTrigger/' },
		),
		forbidden(
			'nodes-apart-too',
			'The two nodes do not import each other.',
			{ path: '^nodes/TransactionLinkTrigger/' },
			{ path: '^nodes/TransactionLink/' },
		),
		forbidden(
			'resources-apart',
			'A resource imports no other resource.',
			{ path: '^nodes/TransactionLink/resources/([^/]+)/' },
			{
				path: '^nodes/TransactionLink/resources/([^/]+)/',
				pathNot: '^nodes/TransactionLink/resources/$1/',
			},
		),
		forbidden(
			'fields-below-resources',
			'Operations import fields and items, not the other way round.',
			{ path: '^nodes/TransactionLink/(fields|items)/' },
			{ path: '^nodes/TransactionLink/resources/' },
		),
		forbidden(
			'sandbox-is-the-other-side',
			'The sandbox imports the contract and nothing from the nodes, so that both cannot share a mistake.',
			{ path: '^sandbox/' },
			{ path: '^(nodes|credentials|scripts|bench|test)/' },
		),
		forbidden(
			'nothing-needs-the-benchmark',
			'Only tests import the benchmark.',
			{ pathNot: '^(bench|test)/' },
			{ path: '^bench/' },
		),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.tools.json' },
		reporterOptions: { mermaid: { minify: false } },
		enhancedResolveOptions: { extensions: ['.ts', '.mts', '.mjs', '.js', '.json'] },
	},
};
