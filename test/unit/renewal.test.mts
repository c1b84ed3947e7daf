import type { Attempt } from '../../nodes/shared/http/attempt.ts';
import { Renewal } from '../../nodes/shared/authentication/renewal.ts';
import { SignInError } from '../../nodes/shared/authentication/signIn.ts';

const answer = (status: number): Attempt => ({ answer: { status, headers: {}, body: '' } });

/** A TransactionLink that knows one token, and an n8n that renews it when it is told 401 in a leading request. */
function stage(leaders: Attempt[] = []) {
	const seen = { exchanges: 0, hasToken: false };
	const attempt = async (mode: 'plain' | 'renewing'): Promise<Attempt> => {
		await Promise.resolve();
		if (mode === 'plain') return answer(seen.hasToken ? 200 : 401);
		const spoilt = leaders.shift();
		if (spoilt !== undefined) return spoilt;
		seen.exchanges += 1;
		seen.hasToken = true;
		return answer(200);
	};
	return { seen, attempt };
}

const statuses = (outcomes: Attempt[]) =>
	outcomes.map((outcome) => ('answer' in outcome ? outcome.answer.status : outcome));
const sendMany = async (
	attempt: ReturnType<typeof stage>['attempt'],
	isMissing: boolean,
	renewal = new Renewal(),
) =>
	statuses(
		await Promise.all(
			Array.from({ length: 50 }, async () => await renewal.send(attempt, isMissing)),
		),
	);

describe('the renewal of a token', () => {
	it.each([true, false])(
		'happens once for many requests side by side (known to be missing: %s)',
		async (isMissing) => {
			const { seen, attempt } = stage();
			expect(new Set(await sendMany(attempt, isMissing))).toEqual(new Set([200]));
			expect(seen.exchanges).toBe(1);
		},
	);

	it.each<[string, Attempt]>([
		['got no answer', { code: 'ERR_CANCELED' }],
		['was answered 500', answer(500)],
		['was asked to slow down', answer(429)],
	])('is done by another when the first leader %s', async (_, spoilt) => {
		const { seen, attempt } = stage([spoilt]);
		const [first, ...others] = await sendMany(attempt, false);
		expect(first).toEqual('answer' in spoilt ? spoilt.answer.status : spoilt);
		expect(new Set(others)).toEqual(new Set([200]));
		expect(seen.exchanges).toBe(1);
	});

	it('that no token comes of is told to all, after one attempt', async () => {
		const obstacle: Attempt = { obstacle: new SignInError('wrong', '', true) };
		const { seen, attempt } = stage([obstacle]);
		expect(await sendMany(attempt, false)).toEqual(Array.from({ length: 50 }, () => obstacle));
		expect(seen.exchanges).toBe(0);
	});

	it('is not taken for a refusal when no leader gets an answer', async () => {
		const { attempt } = stage(Array.from({ length: 500 }, () => ({ code: 'ECONNRESET' })));
		const outcomes = await sendMany(attempt, false);
		expect(outcomes).not.toContain(401);
		expect(
			outcomes.some(
				(outcome) =>
					typeof outcome === 'object' &&
					'obstacle' in outcome &&
					outcome.obstacle instanceof SignInError &&
					!outcome.obstacle.refused,
			),
		).toBe(true);
	});

	it('holds up nobody for longer than the token takes, however long the leader goes on', async () => {
		const { seen, attempt } = stage();
		const renewal = new Renewal();
		let isSent = (): void => undefined;
		const sent = new Promise<void>((resolve) => {
			isSent = resolve;
		});
		const leading = renewal.send(async (mode) => {
			const outcome = await attempt(mode);
			if (mode === 'renewing') await sent;
			return outcome;
		}, true);
		expect(await renewal.send(attempt, true)).toEqual(answer(200));
		isSent();
		expect(await leading).toEqual(answer(200));
		expect(seen.exchanges).toBe(1);
	}, 10_000);

	it('reaches those who keep a copy of the token, and holds up nobody any more, while the leader goes on', async () => {
		const renewal = new Renewal();
		let hasCome = false;
		let copy = { at: renewal.count, isFresh: false };
		let isSent = (): void => undefined;
		const sent = new Promise<void>((resolve) => {
			isSent = resolve;
		});
		const leading = renewal.send(async (mode) => {
			if (mode === 'plain') return answer(401);
			hasCome = true;
			await sent;
			return answer(200);
		}, true);
		const withCopy = async (): Promise<Attempt> => {
			await Promise.resolve();
			if (copy.at !== renewal.count) copy = { at: renewal.count, isFresh: hasCome };
			return answer(copy.isFresh ? 200 : 401);
		};
		expect(await renewal.send(withCopy, false)).toEqual(answer(200));
		const next = await Promise.race([
			renewal.send(withCopy, false),
			new Promise((resolve) => {
				setImmediate(resolve);
			}),
		]);
		expect(next).toEqual(answer(200));
		isSent();
		expect(await leading).toEqual(answer(200));
	}, 10_000);

	it('that does not help is told to all, after one attempt', async () => {
		const { attempt } = stage([answer(401)]);
		expect(new Set(await sendMany(attempt, false))).toEqual(new Set([401]));
	});
});
