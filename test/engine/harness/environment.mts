import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these once, when it creates its first service. Without them it would write its settings to the
// user's home folder. So this file must be the first import of every file that imports n8n-core. All test files of a
// worker share one n8n-core, and with it this folder.
const userFolder = join(process.env['N8N_FOLDERS'] ?? tmpdir(), String(process.pid));
mkdirSync(userFolder, { recursive: true });
process.env['N8N_USER_FOLDER'] = userFolder;
process.env['N8N_ENCRYPTION_KEY'] = 'key of the engine tests';
// Tests cause errors on purpose. To see them in n8n's log, run with N8N_LOG_LEVEL=debug.
process.env['N8N_LOG_LEVEL'] ??= 'silent';
