// n8n's AI and its search find the nodes through hints and search words.

import { readFile } from 'node:fs/promises';

import { TransactionLink } from '../../../nodes/TransactionLink/TransactionLink.node.ts';
import { TransactionLinkTrigger } from '../../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { at } from '../../../scripts/json.mts';

const nodes = [new TransactionLink(), new TransactionLinkTrigger()].map(
	({ description }) => [description.displayName, description] as const,
);

/** Every text under a `builderHint`, at any depth of a node. */
function hintsIn(value: unknown, isHint = false): string[] {
	if (typeof value === 'string') return isHint ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, nested]) =>
		hintsIn(nested, isHint || name === 'builderHint'),
	);
}

it.each(nodes)('%s has hints for the AI that builds workflows, without expressions', (_, node) => {
	const hints = hintsIn(node);
	expect(hints.length).toBeGreaterThan(0);
	for (const hint of hints) {
		expect(hint).not.toMatch(/\{\{|\}\}|^=/);
		expect(hint.length).toBeLessThanOrEqual(240);
	}
});

it('the most frequent operations have hints', () => {
	const hinted = new TransactionLink().description.properties
		.flatMap(({ name, options = [] }) => (name === 'operation' ? options : []))
		.flatMap((option) => ('value' in option && hintsIn(option).length > 0 ? [option.value] : []));
	expect(hinted).toEqual(expect.arrayContaining(['run', 'start', 'wait', 'create', 'send']));
});

it('the node is found by the words that users search for', async () => {
	const file = await readFile('nodes/TransactionLink/TransactionLink.node.json', 'utf8');
	const words =
		'KYC,KYB,AML,identity,compliance,verification,due diligence,onboarding,BankID,PEP,sanctions';
	expect(at(JSON.parse(file), 'alias')).toEqual(
		expect.arrayContaining([...words.split(','), 'transaction link', 'company check']),
	);
});
