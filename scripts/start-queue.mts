// `npm run start:queue`: as `npm start`, with n8n in queue mode: a main process, a webhook processor and two workers,
// around a Redis and a PostgreSQL of their own.

import { start } from './start/main.mts';
import { queueMode } from './start/queue.mts';

await start(queueMode);
