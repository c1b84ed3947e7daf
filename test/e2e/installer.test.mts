// n8n's package installer installs, updates and removes the package.

import { chain, MANUAL_START } from '../../scripts/n8n/chain.mts';
import { connectToN8n, type N8nClient } from '../../scripts/n8n/client.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { startN8n } from '../../scripts/n8n/instance.mts';
import { ACTION_NODE, TRIGGER_NODE, type StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { ensureCredential, sandboxCredential } from '../../scripts/onboarding/credentials.mts';
import type { Preparation } from '../../scripts/onboarding/prepare.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { PACKAGE_NAME, temporaryFolder } from '../../scripts/project.mts';
import { startSandboxProcess, type SandboxProcess } from '../tools/sandbox-process.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import {
	type CountingWorkflow,
	importCountingWorkflow,
	isAccepted,
	send,
	waitUntilEnded,
} from './deliveries.mts';
import { signedDeliveries } from '../tools/signed-deliveries.mts';
import { IS_N8N_1, TESTED_N8N } from './generation.mts';
import {
	type PackageRegistry,
	type PackedVersion,
	startPackageRegistry,
} from './package-registry.mts';
import { packCurrent, packPrevious } from './packed-versions.mts';

const ACTION = 'TransactionLink';
const PACKAGES = '/community-packages';

const ends = new AsyncDisposableStack();
let registry: PackageRegistry;
let sandbox: SandboxProcess;
let n8n: N8nClient;
let restart: () => Promise<void>;
let previous: PackedVersion;
let current: PackedVersion;
let action: StoredWorkflow;
let countingWorkflow: CountingWorkflow;

beforeAll(async () => {
	const folder = temporaryFolder('installer', ends);
	current = await packCurrent(folder);
	previous = await packPrevious(current, folder);
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
});
afterAll(async () => {
	await ends.disposeAsync();
});

async function importAction({
	transactionLink: { id, name },
}: Pick<Preparation, 'transactionLink'>): Promise<StoredWorkflow> {
	const createCase = {
		name: ACTION,
		type: ACTION_NODE,
		parameters: { resource: 'case', operation: 'create', additionalFields: {} },
		credentials: { transactionLinkApi: { id, name } },
	};
	return await n8n.importWorkflow(chain('Create a case', MANUAL_START, createCase));
}

/** Runs the imported workflow manually. */
async function runAction(): Promise<Execution> {
	return await n8n.waitForExecution(
		await n8n.runWorkflow(await n8n.getWorkflow(action.id), 'Start'),
	);
}

const endedDeliveries = async () => (await waitUntilEnded(n8n, countingWorkflow.id)).length;

/** Sends a signed webhook and returns the status. If n8n accepted it, waits for its execution. */
async function deliver(): Promise<number> {
	const earlier = await endedDeliveries();
	const [delivery] = await signedDeliveries(sandbox, 1);
	const { status } = await send(
		countingWorkflow.address,
		String(delivery?.body),
		delivery?.signature,
	);
	if (!isAccepted(status)) return status;
	await waitUntil('the execution of the delivery', async () =>
		(await endedDeliveries()) === earlier + 1 ? true : undefined,
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

// If it cannot reach the public registry, n8n 1 needs the version number.
const packageOf = (packed: PackedVersion) => ({
	name: PACKAGE_NAME,
	...(IS_N8N_1 ? { version: versionOf(packed) } : {}),
});

it('n8n installs the package by name, and its action and trigger work', async () => {
	registry.publish(previous);
	const installed = await n8n.request('POST', PACKAGES, packageOf(previous));
	expect(installed).toMatchObject({
		packageName: PACKAGE_NAME,
		installedVersion: versionOf(previous),
	});
	const [listed] = await n8n.request<Record<string, unknown>[]>('GET', PACKAGES);
	expect([listed?.['packageName'], listed?.['failedLoading'] ?? false]).toEqual([
		PACKAGE_NAME,
		false,
	]);

	const transactionLink = await ensureCredential(n8n, sandboxCredential(sandbox.url), 'baseUrl');
	action = await importAction({ transactionLink });
	countingWorkflow = await importCountingWorkflow(n8n, { transactionLink }, n8n.url, 1);
	await expectBothWork();
});

it('n8n offers the next version, and existing workflows work after the update', async () => {
	registry.publish(current);
	expect(await n8n.request('GET', PACKAGES)).toEqual([
		expect.objectContaining({
			installedVersion: versionOf(previous),
			updateAvailable: versionOf(current),
		}),
	]);
	expect(await n8n.request('PATCH', PACKAGES, packageOf(current))).toMatchObject({
		installedVersion: versionOf(current),
	});

	await expectBothWork();
	await restart();
	await expectBothWork();
	const trigger = (await n8n.getWorkflow(countingWorkflow.id)).nodes.find(
		({ type }) => type === TRIGGER_NODE,
	);
	expect(trigger?.typeVersion).toBe(1);
	// The editor shows a node as unknown if n8n does not have this version of its type.
	const [known] = await n8n.request<{ version: unknown }[]>('POST', '/node-types', {
		nodeInfos: [{ name: TRIGGER_NODE, version: 1 }],
	});
	expect([known?.version].flat()).toContain(1);
});

it(
	'n8n starts without the package, keeps the workflows and names the missing node; after ' +
		'reinstalling, they work',
	async () => {
		await n8n.request('DELETE', `${PACKAGES}?name=${PACKAGE_NAME}`);
		expect(await n8n.request('GET', PACKAGES)).toEqual([]);
		await restart();
		await expect(runAction()).rejects.toThrow(`Unrecognized node type: ${ACTION_NODE}`);
		const delivered = await endedDeliveries();
		// TransactionLink repeats a delivery that was not accepted.
		expect(isAccepted(await deliver())).toBe(false);
		expect(await endedDeliveries()).toBe(delivered);
		expect((await n8n.getWorkflow(countingWorkflow.id)).active).toBe(true);

		await n8n.request('POST', PACKAGES, packageOf(current));
		await restart();
		await expectBothWork();
	},
);
