// n8n's own installer installs, updates and removes the package.

import { randomUUID } from 'node:crypto';
import { connectToN8n, type N8nClient } from '../../scripts/n8n/client.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { startN8n } from '../../scripts/n8n/instance.mts';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { readyCredential, sandboxCredential } from '../../scripts/onboarding/credentials.mts';
import { ACTION_NODE, type Preparation, TRIGGER_NODE } from '../../scripts/onboarding/prepare.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { PACKAGE_NAME, temporaryFolder } from '../../scripts/project.mts';
import { startSandboxProcess, type SandboxProcess } from '../../scripts/sandbox-process.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import {
	countDeliveries,
	type CountingWorkflow,
	isTaken,
	send,
	signedDeliveries,
	untilEnded,
} from './deliveries.mts';
import { IS_N8N_1, TESTED_N8N } from './generation.mts';
import {
	type PackageRegistry,
	type PackedVersion,
	startPackageRegistry,
} from './package-registry.mts';
import { packedBefore, packedNow } from './packed-versions.mts';

const ACTION = 'TransactionLink';
const PACKAGES = '/community-packages';

const ends = new AsyncDisposableStack();
let registry: PackageRegistry;
let sandbox: SandboxProcess;
let n8n: N8nClient;
let restart: () => Promise<void>;
let before: PackedVersion;
let now: PackedVersion;
let action: StoredWorkflow;
let triggered: CountingWorkflow;

beforeAll(async () => {
	const folder = temporaryFolder('installer', ends);
	now = await packedNow(folder);
	before = await packedBefore(now, folder);
	registry = await startPackageRegistry();
	ends.defer(() => registry.close());
	sandbox = await startSandboxProcess();
	ends.defer(() => sandbox.stop());
	const port = await chooseFreePort();
	const start = async () =>
		await startN8n({
			version: TESTED_N8N,
			userFolder: folder,
			port,
			environment: registry.environment,
		});
	let running = await start();
	ends.defer(() => running.stop());
	n8n = await connectToN8n(running.url);
	restart = async () => {
		await running.stop();
		running = await start();
	};
}, 300_000);
afterAll(async () => {
	await ends.disposeAsync();
});

async function importAction({
	transactionLink: { id, name },
}: Pick<Preparation, 'transactionLink'>): Promise<StoredWorkflow> {
	return await n8n.importWorkflow({
		name: 'Create a case',
		nodes: [
			{
				id: randomUUID(),
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: randomUUID(),
				name: ACTION,
				type: ACTION_NODE,
				typeVersion: 1,
				position: [200, 0],
				parameters: { resource: 'case', operation: 'create', additionalFields: {} },
				credentials: { transactionLinkApi: { id, name } },
			},
		],
		connections: { Start: { main: [[{ node: ACTION, type: 'main', index: 0 }]] } },
		settings: {},
	});
}

/** Presses "Execute workflow" on the workflow that is there. */
async function runAction(): Promise<Execution> {
	return await n8n.waitForExecution(
		await n8n.runWorkflow(await n8n.getWorkflow(action.id), 'Start'),
		60_000,
	);
}

const endedDeliveries = async () => (await untilEnded(n8n, triggered.id, 30_000)).length;

/** Sends a signed webhook, and answers its status. What was taken has to start an execution. */
async function deliver(): Promise<number> {
	const earlier = await endedDeliveries();
	const [delivery] = await signedDeliveries(sandbox, 1);
	const { status } = await send(triggered.address, String(delivery?.body), delivery?.signature);
	if (!isTaken(status)) return status;
	await waitUntil(
		'the execution of the delivery',
		async () => ((await endedDeliveries()) === earlier + 1 ? true : undefined),
		10_000,
	);
	return status;
}

async function expectBothWork(): Promise<void> {
	const execution = await runAction();
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	expect(execution.itemsOf(ACTION)[0]?.json).toMatchObject({ caseId: expect.any(String) });
	expect(await deliver()).toBe(200);
}

const versionOf = ({ manifest }: PackedVersion): string => String(manifest['version']);

// Where it cannot reach the public registry by itself, n8n 1 knows a version by its number only.
const asked = (packed: PackedVersion) => ({
	name: PACKAGE_NAME,
	...(IS_N8N_1 ? { version: versionOf(packed) } : {}),
});

it('n8n installs the package by its name, and an action and a trigger of it work', async () => {
	registry.publish(before);
	const installed = await n8n.session.call('POST', PACKAGES, asked(before));
	expect(installed).toMatchObject({
		packageName: PACKAGE_NAME,
		installedVersion: versionOf(before),
	});
	const [listed] = await n8n.session.call<Record<string, unknown>[]>('GET', PACKAGES);
	expect([listed?.['packageName'], listed?.['failedLoading'] ?? false]).toEqual([
		PACKAGE_NAME,
		false,
	]);

	const transactionLink = await readyCredential(n8n, sandboxCredential(sandbox.url), 'baseUrl');
	action = await importAction({ transactionLink });
	triggered = await countDeliveries(n8n, { transactionLink }, n8n.url, 1);
	await expectBothWork();
});

it('n8n offers the next version, and after the update the workflows from before go on working', async () => {
	registry.publish(now);
	expect(await n8n.session.call('GET', PACKAGES)).toEqual([
		expect.objectContaining({
			installedVersion: versionOf(before),
			updateAvailable: versionOf(now),
		}),
	]);
	expect(await n8n.session.call('PATCH', PACKAGES, asked(now))).toMatchObject({
		installedVersion: versionOf(now),
	});

	await expectBothWork();
	await restart();
	await expectBothWork();
	const trigger = (await n8n.getWorkflow(triggered.id)).nodes.find(
		({ type }) => type === TRIGGER_NODE,
	);
	expect(trigger?.typeVersion).toBe(1);
	// The editor knows a node by type and version, and shows any other as unknown.
	const [known] = await n8n.session.call<{ version: unknown }[]>('POST', '/node-types', {
		nodeInfos: [{ name: TRIGGER_NODE, version: 1 }],
	});
	expect([known?.version].flat()).toContain(1);
});

it(
	'after it was uninstalled n8n starts, keeps the workflows and says which node is ' +
		'missing; installed again, they work',
	async () => {
		await n8n.session.call('DELETE', `${PACKAGES}?name=${PACKAGE_NAME}`);
		expect(await n8n.session.call('GET', PACKAGES)).toEqual([]);
		await restart();
		await expect(runAction()).rejects.toThrow(`Unrecognized node type: ${ACTION_NODE}`);
		const delivered = await endedDeliveries();
		// So that TransactionLink sends it again.
		expect(isTaken(await deliver())).toBe(false);
		expect(await endedDeliveries()).toBe(delivered);
		expect((await n8n.getWorkflow(triggered.id)).active).toBe(true);

		await n8n.session.call('POST', PACKAGES, asked(now));
		await restart();
		await expectBothWork();
	},
);
