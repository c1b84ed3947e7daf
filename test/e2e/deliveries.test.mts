import { deliverSixTimes, isTaken } from './deliveries.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => { await (stage as Stage | undefined)?.close(); });

it('each delivery sent six times, in disorder: one execution each', async () => {
	const { answers, started } = await deliverSixTimes(stage.n8n, stage.sandbox, stage.prepared, stage.n8n.url);
	expect(answers.every(isTaken)).toBe(true);
	expect(started).toEqual(Array.from({ length: 200 }, () => 1));
}, 240_000);
