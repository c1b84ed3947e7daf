// A rejected token is renewed once for all waiting requests, within limits.

import type { Attempt } from '../../nodes/shared/http/attempt.ts';
import { NotSentError } from '../../nodes/shared/http/notSentError.ts';
import { Renewal } from '../../nodes/shared/authentication/renewal.ts';
import type { TokenHolder } from '../../nodes/shared/authentication/tokenHolder.ts';

const response = (status: number): Attempt => ({
	kind: 'response',
	response: { status, headers: {}, body: '' },
});
const notSent = (isTransient: boolean): Attempt => ({
	kind: 'notSent',
	error: new NotSentError('no token', { description: '', code: 'X', isTransient }),
});

/** A TransactionLink that accepts only the newest token, and an n8n that signs in through the renewal. */
class Stage {
	exchanges = 0;

	valid: string | undefined;

	readonly renewal = new Renewal();

	/** The failures of the next sign-ins, in order. */
	failures: Attempt[] = [];

	/** The duration of an exchange. */
	exchangeMs = 0;

	user(initial?: string): TokenHolder {
		let current = initial;
		const send = async (token: string): Promise<Attempt> => {
			await Promise.resolve();
			return response(token === this.valid ? 200 : 401);
		};
		return {
			token: () => current,
			reread: async () => await Promise.resolve(current),
			adopt: (token) => {
				current = token;
			},
			send,
			signIn: async () => {
				const failure = this.failures.shift();
				if (failure !== undefined) {
					this.exchanges += 1;
					return { attempt: failure, token: undefined };
				}
				const token = await this.renewal.exchange(async () => await this.exchange());
				return { attempt: await send(token), token };
			},
		};
	}

	async sendMany(count: number, initial?: string): Promise<Attempt[]> {
		const shared = this.user(initial);
		return await Promise.all(
			Array.from({ length: count }, async () => await this.renewal.send(shared)),
		);
	}

	private async exchange(): Promise<string> {
		this.exchanges += 1;
		const token = `token-${this.exchanges}`;
		await new Promise((resolve) => setTimeout(resolve, this.exchangeMs));
		this.valid = token;
		return token;
	}
}

const statuses = (attempts: Attempt[]) =>
	new Set(
		attempts.map((attempt) =>
			attempt.kind === 'response' ? attempt.response.status : attempt.kind,
		),
	);

describe('the renewal of a token', () => {
	it.each([undefined, 'revoked'])(
		'happens once for 64 simultaneous requests (token: %s)',
		async (token) => {
			const stage = new Stage();
			stage.exchangeMs = 50;
			expect(statuses(await stage.sendMany(64, token))).toEqual(new Set([200]));
			expect(stage.exchanges).toBe(1);
		},
	);

	it('happens once for simultaneous executions with different tokens', async () => {
		const stage = new Stage();
		stage.exchangeMs = 20;
		const sent = await Promise.all(
			['a', 'b', undefined].map(async (token) => await stage.sendMany(10, token)),
		);
		expect(statuses(sent.flat())).toEqual(new Set([200]));
		expect(stage.exchanges).toBe(1);
	});

	it('is not needed if another process has stored a new token', async () => {
		const stage = new Stage();
		stage.valid = 'stored';
		const user = { ...stage.user('old'), reread: async () => await Promise.resolve('stored') };
		expect(statuses([await stage.renewal.send(user)])).toEqual(new Set([200]));
		expect(stage.exchanges).toBe(0);
	});

	it('is repeated by a single request while the sign-in is unavailable', async () => {
		const stage = new Stage();
		stage.failures = [notSent(true), notSent(true)];
		expect(statuses(await stage.sendMany(64))).toEqual(new Set([200]));
		expect(stage.exchanges).toBe(3);
	});

	it('fails for all waiting requests after the attempts of one request', async () => {
		const stage = new Stage();
		stage.failures = Array.from({ length: 500 }, () => notSent(true));
		expect(statuses(await stage.sendMany(64))).toEqual(new Set(['notSent']));
		expect(stage.exchanges).toBe(4);
	}, 20_000);

	it('is not repeated when TransactionLink rejected the key', async () => {
		const stage = new Stage();
		stage.failures = Array.from({ length: 500 }, () => notSent(false));
		expect(statuses(await stage.sendMany(64))).toEqual(new Set(['notSent']));
		expect(stage.exchanges).toBe(1);
	});

	it('is repeated a few times if its token is revoked before it is used', async () => {
		const stage = new Stage();
		const user = stage.user();
		let signIns = 0;
		const revoking: TokenHolder = {
			...user,
			signIn: async () => {
				const { token } = await user.signIn();
				signIns += 1;
				if (signIns > 3) return { attempt: response(200), token };
				stage.valid = undefined;
				return { attempt: response(401), token };
			},
		};
		expect(statuses([await stage.renewal.send(revoking)])).toEqual(new Set([200]));
		expect(signIns).toBe(4);
	});

	it('ends with a 401 when every new token is rejected', async () => {
		const stage = new Stage();
		const user = stage.user();
		const rejected: TokenHolder = {
			...user,
			send: async () => await Promise.resolve(response(401)),
		};
		const signIn: TokenHolder['signIn'] = async () => ({
			attempt: response(401),
			token: (await user.signIn()).token,
		});
		expect(statuses([await stage.renewal.send({ ...rejected, signIn })])).toEqual(new Set([401]));
		expect(stage.exchanges).toBe(6);
	});

	it('does not delay other requests until the request that signed in has its response', async () => {
		const stage = new Stage();
		const user = stage.user();
		let finish = (): void => undefined;
		const slow = new Promise<void>((resolve) => {
			finish = resolve;
		});
		const leading = stage.renewal.send({
			...user,
			signIn: async () => {
				const used = await user.signIn();
				await slow;
				return used;
			},
		});
		expect(statuses([await stage.renewal.send(stage.user())])).toEqual(new Set([200]));
		finish();
		expect(statuses([await leading])).toEqual(new Set([200]));
	});

	it('does not delay a request that the user cancels', async () => {
		const stage = new Stage();
		stage.exchangeMs = 200;
		const leading = stage.renewal.send(stage.user());
		const cancel = new AbortController();
		const waiting = stage.renewal.send(stage.user(), cancel.signal);
		cancel.abort();
		expect(statuses([await waiting])).toEqual(new Set(['notSent']));
		expect(statuses([await leading])).toEqual(new Set([200]));
	});
});

it('a credential that cannot be read does not block later sign-ins', async () => {
	const stage = new Stage();
	const broken = {
		...stage.user(),
		reread: async () => await Promise.reject(new Error('not readable')),
	};
	await expect(stage.renewal.send(broken)).rejects.toThrow('not readable');
	expect(await stage.renewal.send(stage.user())).toEqual(response(200));
});
