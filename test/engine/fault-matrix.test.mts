// Under each fault, each operation retries reads, repeats no change that may have happened, and states what happened.

import { rowsOf } from '../long-proofs.mts';
import { openAccount, type Account } from './account.mts';
import {
	createObjects,
	everyOperation,
	itemWithFile,
	SANDBOX_LISTS,
	type SampleOperation,
} from './every-operation.mts';
import type { InputItem, RunOutcome } from './harness/index.mts';

let account: Account;
let operations: SampleOperation[];
let items: InputItem[];

async function countObjects(): Promise<Record<string, number>> {
	const counts = await Promise.all(
		SANDBOX_LISTS.map(
			async (list) =>
				[list, (await account.sandbox.control.get<unknown[]>(`/${list}`)).data.length] as const,
		),
	);
	return Object.fromEntries(counts);
}

async function run(
	{ parameters }: SampleOperation,
	credential = account.credential(),
): Promise<RunOutcome> {
	return await account.run(parameters, { items, credential });
}

beforeAll(async () => {
	account = await openAccount();
	items = [await itemWithFile()];
	operations = everyOperation(await createObjects(account));
	await account.set({ pace: 100 });
});
afterAll(async () => {
	process.stdout.write(`${cells} cells of the fault matrix follow the policy\n`);
});

/** The number of checked operations under faults. */
let cells = 0;

/** The sentences about the effect of a change. */
const EFFECT_SENTENCES = {
	neverSent: 'was not sent.',
	didNotHappen: 'had no effect.',
	mayHaveHappened:
		'may have succeeded: check the TransactionLink dashboard before you run this item again.',
} as const;

function effectSentencesIn(description: string | undefined): string[] {
	const [, effect = ''] =
		/^The request to [\w ]+? ((was|had|may) .*)/.exec(description ?? '') ?? [];
	return Object.entries(EFFECT_SENTENCES)
		.filter(([, sentence]) => effect.startsWith(sentence))
		.map(([name]) => name);
}

/** The policy: the node may retry a read, but a change only if it certainly had no effect. */
interface Row {
	name: string;
	fault: Record<string, unknown>;
	/** Whether the fault affects the sign-in instead of the operations. */
	isAtSignIn?: boolean;
	read: 'succeeds' | 'fails';
	change: 'succeeds' | 'fails';
	/** How often a change happens: a creation creates that many objects. */
	effects: 0 | 1;
	/** The sentence about the effect of a failed change. */
	effectSentence?: keyof typeof EFFECT_SENTENCES;
	/** Whether the row is in the cross-section that `npm test` runs. */
	isQuick?: boolean;
}

const oneSecondAgo = new Date(Date.now() - 1_000).toUTCString();
const rows: Row[] = [
	{
		name: 'reset before the effect',
		fault: { kind: 'cut' },
		read: 'succeeds',
		change: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'reset after the effect',
		isQuick: true,
		fault: { kind: 'cut', effect: 'after' },
		read: 'succeeds',
		change: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '408',
		fault: { kind: 'status', status: 408 },
		read: 'succeeds',
		change: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '429 with Retry-After in seconds',
		isQuick: true,
		fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
		read: 'succeeds',
		change: 'succeeds',
		effects: 1,
	},
	{
		name: '429 with Retry-After as a date',
		fault: { kind: 'status', status: 429, headers: { 'retry-after': oneSecondAgo } },
		read: 'succeeds',
		change: 'succeeds',
		effects: 1,
	},
	{
		name: '500',
		isQuick: true,
		fault: { kind: 'status', status: 500 },
		read: 'succeeds',
		change: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '502 with HTML',
		fault: { kind: 'html', status: 502 },
		read: 'succeeds',
		change: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '503',
		fault: { kind: 'status', status: 503 },
		read: 'succeeds',
		change: 'fails',
		effects: 0,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '503 with Retry-After',
		isQuick: true,
		fault: { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
		read: 'succeeds',
		change: 'succeeds',
		effects: 1,
	},
	{
		name: '504 after the effect',
		fault: { kind: 'status', status: 504, effect: 'after' },
		read: 'succeeds',
		change: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'empty body',
		isQuick: true,
		fault: { kind: 'empty', effect: 'after' },
		read: 'fails',
		change: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'malformed JSON',
		isQuick: true,
		fault: { kind: 'malformed', effect: 'after' },
		read: 'succeeds',
		change: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: '200 with an error body',
		isQuick: true,
		fault: { kind: 'errorBody', status: 200 },
		read: 'fails',
		change: 'fails',
		effects: 0,
		effectSentence: 'didNotHappen',
	},
	{
		name: 'redirect to another host',
		isQuick: true,
		fault: { kind: 'redirect' },
		read: 'fails',
		change: 'fails',
		effects: 0,
		effectSentence: 'didNotHappen',
	},
	...(['length', 'chunked', 'gzip', 'gzipEnd'] as const).map(
		(shape): Row => ({
			name: `truncated body (${shape})`,
			isQuick: shape === 'gzip',
			fault: { kind: 'cutBody', effect: 'after', shape },
			read: 'succeeds',
			change: 'fails',
			effects: 1,
			effectSentence: 'mayHaveHappened',
		}),
	),
	...[400, 403, 404, 409, 413, 422].map(
		(status): Row => ({
			name: `${status} with HTML`,
			isQuick: status === 404,
			fault: { kind: 'html', status },
			read: 'fails',
			change: 'fails',
			effects: 0,
			effectSentence: 'didNotHappen',
		}),
	),
	...[401, 429].map(
		(status): Row => ({
			name: `${status} with HTML`,
			fault: { kind: 'html', status },
			read: 'succeeds',
			change: 'succeeds',
			effects: 1,
		}),
	),
	{
		name: 'echo of the request',
		isQuick: true,
		fault: { kind: 'echo' },
		read: 'fails',
		change: 'fails',
		effects: 0,
		effectSentence: 'didNotHappen',
	},
	{
		name: 'dripping body after the effect',
		fault: { kind: 'drip', effect: 'after' },
		read: 'succeeds',
		change: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
	{
		name: 'a single 401',
		isQuick: true,
		fault: { kind: 'status', status: 401 },
		read: 'succeeds',
		change: 'succeeds',
		effects: 1,
	},
	{
		name: 'slow sign-in',
		fault: { kind: 'delay', delayMs: 4_000 },
		isAtSignIn: true,
		read: 'succeeds',
		change: 'succeeds',
		effects: 1,
	},
	{
		name: 'sign-in that fails once',
		isQuick: true,
		fault: { kind: 'status', status: 502 },
		isAtSignIn: true,
		read: 'succeeds',
		change: 'succeeds',
		effects: 1,
	},
	...(
		[
			['permanently failing sign-in', { kind: 'status', status: 503 }],
			['rejected sign-in', { kind: 'status', status: 401 }],
			['web page as the response to the sign-in', { kind: 'html', status: 401 }],
			['truncated response to the sign-in', { kind: 'cutBody', shape: 'length' }],
		] as const
	).map(
		([name, fault]): Row => ({
			name,
			isQuick: name === 'rejected sign-in',
			fault: { ...fault, times: 1_000 },
			isAtSignIn: true,
			read: 'fails',
			change: 'fails',
			effects: 0,
			effectSentence: 'neverSent',
		}),
	),
	{
		name: 'timeout after the effect',
		fault: { kind: 'delay', effect: 'after', delayMs: 40_000 },
		read: 'succeeds',
		change: 'fails',
		effects: 1,
		effectSentence: 'mayHaveHappened',
	},
];

async function expectPolicy({
	fault,
	isAtSignIn,
	read,
	change,
	effects,
	effectSentence,
}: Row): Promise<void> {
	const before = await countObjects();
	const operationIds =
		isAtSignIn === true ? ['authorize'] : operations.map(({ operationId }) => operationId);
	for (const operationId of operationIds) await account.fault({ operationId, ...fault });
	const outcomes = await Promise.all(
		operations.map(async (operation) => ({ ...operation, outcome: await run(operation) })),
	);
	await account.sandbox.control.delete('/faults');
	const after = await countObjects();
	const created = Object.fromEntries(
		SANDBOX_LISTS.map((list) => [list, (after[list] ?? 0) - (before[list] ?? 0)]),
	);
	const expected = Object.fromEntries(
		SANDBOX_LISTS.map((list) => [
			list,
			effects *
				operations.filter(({ effect }) => typeof effect === 'object' && effect.creates === list)
					.length,
		]),
	);
	expect(created).toEqual(expected);
	for (const { operationId, effect, mayBeEmpty, outcome } of outcomes) {
		const isEmptySuccess = fault['kind'] === 'empty' && mayBeEmpty === true;
		if (isEmptySuccess) expect(outcome.output[0]?.[0]?.json).toEqual({ success: true });
		const expectedOutcome = isEmptySuccess ? 'succeeds' : effect === 'none' ? read : change;
		expect([operationId, outcome.status]).toEqual([
			operationId,
			expectedOutcome === 'succeeds' ? 'success' : 'error',
		]);
		if (outcome.status === 'error') {
			expect([operationId, effectSentencesIn(outcome.error?.description)]).toEqual([
				operationId,
				effect === 'none' || effectSentence === undefined ? [] : [effectSentence],
			]);
			const [, label] =
				/ If it did, continue with its ([\w ]+?)(?: in [\w →]+)?\./.exec(
					outcome.error?.description ?? '',
				) ?? [];
			expect([operationId, label]).toEqual([
				operationId,
				effectSentence === 'mayHaveHappened' && typeof effect === 'object'
					? effect.label
					: undefined,
			]);
		}
		cells += 1;
	}
	const { data: downloads } = await account.sandbox.control.get<unknown[]>('/downloads');
	expect(JSON.stringify(downloads)).not.toMatch(/bearer|tot_sandbox/i);
}

const quickRows = rows.filter(({ isQuick }) => isQuick === true);
it.each(rowsOf(rows, quickRows))(
	'$name: reads are repeated, and changes only if they certainly had no effect',
	expectPolicy,
);

it('reports a permanently refused connection as a request that was never sent', async () => {
	const credential = account.credential({
		authentication: 'organizationToken',
		organizationToken: 'tot_sandbox',
		baseUrl: 'http://127.0.0.1:9',
	});
	const outcomes = await Promise.all(
		operations.map(async (operation) => await run(operation, credential)),
	);
	for (const { error } of outcomes) {
		expect(error?.message).toContain('TransactionLink did not respond when asked to');
		expect(error?.description).toContain('Nothing listens at the Base URL');
		expect(error?.description).not.toContain('may have succeeded');
		cells += 1;
	}
});
