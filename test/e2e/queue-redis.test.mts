// Jobs that wait in the Redis of queue mode survive its restart.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServers } from '../../scripts/queue/binaries.mts';
import { startRedis } from '../../scripts/queue/redis.mts';
import { askRedis } from './redis-client.mts';

const ends = new AsyncDisposableStack();
afterEach(async () => {
	await ends.disposeAsync();
});

it('what waits in Redis when it is stopped is there again at the next start', async () => {
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
	await askRedis(first, 'RPUSH waiting one two');
	await first.stop();
	expect(readFileSync(join(folder, 'redis.log'), 'utf8')).toContain('DB saved on disk');

	expect(await askRedis(await start(), 'LRANGE waiting 0 -1')).toMatch(/one\s+\$3\s+two/);
});
