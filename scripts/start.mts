// `npm start`: a local TransactionLink, a mail server and a real n8n with this package in it. `npm run demo`
// (`--once`) does the same in a folder of its own, and ends after one onboarding.

import { start } from './start/main.mts';
import { singleMode } from './start/single.mts';

await start(singleMode);
