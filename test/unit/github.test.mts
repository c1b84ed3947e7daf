// The GitHub workflows pin their actions, have few permissions, and run existing commands.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { at, isJsonObject, readJsonObject, textAt } from '../../scripts/json.mts';

const FOLDER = join('.github', 'workflows');
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const names = readdirSync(FOLDER);
const workflows = names.map((name): [string, unknown] => [name, parse(text(name))]);
const workflow = (name: string): unknown => workflows.find(([file]) => file === name)?.[1];

const values = (value: unknown): unknown[] => (isJsonObject(value) ? Object.values(value) : []);
const jobs = (content: unknown): unknown[] => values(at(content, 'jobs'));
const steps = (job: unknown): unknown[] => {
	const found = at(job, 'steps');
	return Array.isArray(found) ? found : [];
};
const actions = (content: unknown): string[] =>
	jobs(content)
		.flatMap((job) => [job, ...steps(job)])
		.flatMap((part) => textAt(part, 'uses') ?? []);
const commands = (content: unknown): string[] =>
	jobs(content)
		.flatMap(steps)
		.flatMap((step) => textAt(step, 'run') ?? []);

describe.each(workflows)('%s', (name, content) => {
	it('pins each action to a commit, with its version in a comment', () => {
		const external = actions(content).filter((action) => !action.startsWith('./'));
		expect(external).not.toEqual([]);
		for (const action of external) {
			expect(action).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
			expect(text(name)).toMatch(new RegExp(`uses: ${action} # v\\d+\\.\\d+\\.\\d+$`, 'm'));
		}
	});

	it('has read permissions only, by default', () => {
		expect(at(content, 'permissions')).toEqual({ contents: 'read' });
	});

	it('has a time limit, and one run at a time for each branch or tag', () => {
		for (const job of jobs(content)) {
			if (textAt(job, 'uses') === undefined)
				expect(at(job, 'timeout-minutes')).toEqual(expect.any(Number));
		}
		expect(textAt(content, 'concurrency', 'group')).toBeDefined();
	});

	it('does not expose its token to the checked-out code', () => {
		for (const step of jobs(content).flatMap(steps)) {
			if (textAt(step, 'uses')?.startsWith('actions/checkout@'))
				expect(at(step, 'with', 'persist-credentials')).toBe(false);
		}
	});

	it('interpolates no expression into a command', () => {
		for (const command of commands(content)) expect(command).not.toContain('${{');
	});

	it('runs only existing scripts of package.json', () => {
		const { scripts } = readJsonObject('package.json');
		for (const [, script = ''] of commands(content)
			.join('\n')
			.matchAll(/\bnpm run ([\w:]+)/g)) {
			expect(Object.keys(Object(scripts))).toContain(script);
		}
	});
});

describe('CI', () => {
	it('runs for each pull request and each push to main', () => {
		expect(Object.keys(Object(at(workflow('ci.yml'), 'on')))).toContain('pull_request');
		expect(at(workflow('ci.yml'), 'on', 'push', 'branches')).toEqual(['main']);
	});

	it('runs `npm run test:all` after installing its requirements', () => {
		expect(commands(workflow('ci.yml'))).toEqual(['.ci/run']);
		const command = textAt(readJsonObject('package.json'), 'scripts', 'test:all') ?? '';
		expect(readFileSync(join('.ci', 'run'), 'utf8').trimEnd().split('\n').at(-1)).toBe(
			`exec ${command}`,
		);
	});

	it('runs on the oldest Node that the README allows', () => {
		const versions = jobs(workflow('ci.yml'))
			.flatMap(steps)
			.flatMap((step) => at(step, 'with', 'node-version') ?? []);
		const [, oldest] =
			/\[Node\.js\]\(\S+\) (\d+) or newer/.exec(readFileSync('README.md', 'utf8')) ?? [];
		expect(versions).toEqual([Number(oldest)]);
	});
});

describe('publishing', () => {
	const publish = at(workflow('publish.yml'), 'jobs', 'publish');

	it('happens only for a version tag, after every test', () => {
		expect(at(workflow('publish.yml'), 'on')).toEqual({ push: { tags: ['v*.*.*'] } });
		const tested = Object.entries(Object(at(workflow('publish.yml'), 'jobs'))).find(
			([name]) => name === at(publish, 'needs'),
		);
		expect(textAt(tested?.[1], 'uses')).toBe('./.github/workflows/ci.yml');
	});

	it('stops if the tagged commit is not on main', () => {
		const [checkout, onMain] = steps(publish);
		expect(at(checkout, 'with', 'fetch-depth')).toBe(0);
		expect(textAt(onMain, 'run')).toBe('git merge-base --is-ancestor HEAD origin/main');
	});

	it('has the permission for an identity token, which provenance needs, and no other', () => {
		expect(at(publish, 'permissions')).toEqual({ contents: 'read', 'id-token': 'write' });
	});

	it("publishes with provenance, by n8n's own command", () => {
		const last = steps(publish).at(-1);
		expect(textAt(last, 'run')).toBe('npm run release');
		expect(textAt(last, 'env', 'NPM_CONFIG_PROVENANCE')).toBe('true');
		expect(textAt(readJsonObject('package.json'), 'scripts', 'release')).toBe('n8n-node release');
	});

	it('passes the token to a single step', () => {
		const withSecrets = steps(publish).filter((step) => JSON.stringify(step).includes('secrets.'));
		expect(withSecrets.map((step) => textAt(step, 'name'))).toEqual([
			'Sign in with a token, if there is one',
		]);
	});
});

describe('the issue forms', () => {
	const folder = join('.github', 'ISSUE_TEMPLATE');
	const form = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));
	const fields = (name: string): unknown[] => {
		const body = at(form(name), 'body');
		return Array.isArray(body) ? body : [];
	};

	it('ask for steps to reproduce, and for no personal data', () => {
		const required = fields('bug.yml').filter(
			(field) => at(field, 'validations', 'required') === true,
		);
		expect(required.map((field) => textAt(field, 'id'))).toEqual([
			'n8n',
			'package',
			'mode',
			'authentication',
			'operation',
			'happened',
		]);
		expect(fields('bug.yml').map((field) => textAt(field, 'id'))).toContain('fingerprint');
		expect(textAt(fields('bug.yml')[0], 'attributes', 'value')).toContain(
			'Leave out personal data',
		);
	});

	it.each(['bug.yml', 'feature.yml'])('have the fields that GitHub requires: %s', (name) => {
		expect(form(name)).toMatchObject({ name: expect.any(String), description: expect.any(String) });
		const ids = fields(name).flatMap((field) => textAt(field, 'id') ?? []);
		expect(new Set(ids).size).toBe(ids.length);
		for (const field of fields(name))
			expect(['markdown', 'input', 'dropdown', 'textarea', 'checkboxes']).toContain(
				at(field, 'type'),
			);
	});

	it('refer to the security policy for vulnerabilities', () => {
		expect(at(form('config.yml'), 'blank_issues_enabled')).toBe(false);
		expect(textAt(form('config.yml'), 'contact_links', 0, 'url')).toMatch(/\/security\/policy$/);
	});
});
