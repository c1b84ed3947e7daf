import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

import type * as CredentialModule from '../../../credentials/TransactionLinkApi.credentials.ts';
import type * as ActionModule from '../../../nodes/TransactionLink/TransactionLink.node.ts';
import type * as TriggerModule from '../../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';

const PROJECT = process.cwd();

/** The package as users get it, as far as its words go. */
export interface Built {
	action: INodeTypeDescription;
	trigger: INodeTypeDescription;
	credential: ICredentialType;
	/** What n8n's own linter says about the panels as they are put together. */
	lint(): string[];
	remove(): void;
}

function runInProject(folder: string, command: string, ...words: string[]): string {
	return execFileSync(process.execPath, [join(PROJECT, 'node_modules', command), ...words], {
		cwd: folder,
		encoding: 'utf8',
	});
}

const written = (value: unknown): string =>
	inspect(value, { depth: Infinity, maxArrayLength: null, maxStringLength: null });

function nodeSource(name: string, description: INodeTypeDescription): string {
	return `import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
export class ${name} implements INodeType {
	description: INodeTypeDescription = ${written(description)};
}
`;
}

function credentialSource({
	name,
	displayName,
	documentationUrl,
	properties,
}: ICredentialType): string {
	return `import type { ICredentialType, INodeProperties } from 'n8n-workflow';
export class TransactionLinkApi implements ICredentialType {
	name = ${written(name)};
	displayName = ${written(displayName)};
	documentationUrl = ${written(documentationUrl)};
	properties: INodeProperties[] = ${written(properties)};
}
`;
}

interface LintedFile {
	filePath: string;
	messages: { ruleId: string | null; line: number; message: string }[];
}

/**
 * n8n's linter reads the sources, where most panels are put together by functions, so that it sees few of their
 * words. Here it reads what comes out of them.
 */
function lint(folder: string, sources: Record<string, string>): string[] {
	for (const [path, source] of Object.entries(sources)) {
		mkdirSync(join(folder, path, '..'), { recursive: true });
		writeFileSync(join(folder, path), source);
	}
	const config = join(PROJECT, 'eslint.config.mjs');
	const script = `
		const { ESLint } = require('eslint');
		new ESLint({ cwd: process.argv[1], overrideConfigFile: process.argv[2] }).lintFiles(process.argv.slice(3))
			.then((files) => console.log(JSON.stringify(files)));`;
	const output = execFileSync(
		process.execPath,
		['-e', script, folder, config, ...Object.keys(sources)],
		{ cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000 },
	);
	const files: LintedFile[] = JSON.parse(output);
	return files.flatMap(({ filePath, messages }) =>
		messages
			// The other rules are about classes and files, which here are made up.
			.filter(({ ruleId }) => ruleId === null || ruleId.startsWith('n8n-nodes-base/node-param-'))
			.map(
				({ ruleId, line, message }) =>
					`${filePath}:${line} ${message} (${ruleId ?? 'cannot be read'}): ` +
					`${sources[filePath.slice(folder.length + 1)]?.split('\n')[line - 1]?.trim() ?? ''}`,
			),
	);
}

/**
 * Compiles the package as `npm run build` does, with the same compiler and the same settings, and loads what comes
 * out. Not the folder `dist`: it may be missing, or older than the sources.
 */
export async function build(): Promise<Built> {
	const folder = mkdtempSync(join(tmpdir(), 'transactionlink-words-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		return { ...(await buildIn(folder)), remove };
	} catch (error) {
		remove();
		throw error;
	}
}

async function buildIn(folder: string): Promise<Omit<Built, 'remove'>> {
	symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
	for (const part of ['package.json', 'tsconfig.json', 'icons'])
		cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
	const dist = join(folder, 'dist');
	runInProject(PROJECT, 'typescript/bin/tsc', '--project', 'tsconfig.json', '--outDir', dist);
	const actionModule: typeof ActionModule = await import(
		join(dist, 'nodes/TransactionLink/TransactionLink.node.js')
	);
	const triggerModule: typeof TriggerModule = await import(
		join(dist, 'nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.js')
	);
	const credentialModule: typeof CredentialModule = await import(
		join(dist, 'credentials/TransactionLinkApi.credentials.js')
	);
	const action = new actionModule.TransactionLink().description;
	const trigger = new triggerModule.TransactionLinkTrigger().description;
	const credential = new credentialModule.TransactionLinkApi();
	return {
		action,
		trigger,
		credential,
		lint: () =>
			lint(folder, {
				'nodes/TransactionLink/TransactionLink.node.ts': nodeSource('TransactionLink', action),
				'nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts': nodeSource(
					'TransactionLinkTrigger',
					trigger,
				),
				'credentials/TransactionLinkApi.credentials.ts': credentialSource(credential),
			}),
	};
}
