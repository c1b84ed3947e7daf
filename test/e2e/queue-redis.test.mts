// The waiting jobs of queue mode survive a restart of Redis.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServers } from '../../scripts/program/find-programs.mjs';
import { startRedis } from '../../scripts/queue/redis.mts';
import { sendToRedis } from './redis-client.mts';

const ends = new AsyncDisposableStack();
afterEach(async () => {
	await ends.disposeAsync();
});

it('Redis restores a list after a restart', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'transactionlink-redis-'));
	ends.defer(() => {
		rmSync(folder, { recursive: true, force: true });
	});
	const start = async () => {
		const redis = await startRedis(findServers().redis, folder);
		ends.defer(() => redis.stop());
		return redis;
	};

	const first = await start();
	await sendToRedis(first, 'RPUSH waiting one two');
	await first.stop();
	expect(readFileSync(join(folder, 'redis.log'), 'utf8')).toContain('DB saved on disk');

	expect(await sendToRedis(await start(), 'LRANGE waiting 0 -1')).toMatch(/one\s+\$3\s+two/);
});
