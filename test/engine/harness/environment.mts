import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these once, when its first service is made, and would otherwise write its settings to the home
// home folder of the current user. So this file must be the first import of every file that imports n8n-core. All test
// files of a worker share one n8n-core, and with it this folder.
const userFolder = join(process.env['N8N_FOLDERS'] ?? tmpdir(), String(process.pid));
mkdirSync(userFolder, { recursive: true });
process.env['N8N_USER_FOLDER'] = userFolder;
process.env['N8N_ENCRYPTION_KEY'] = 'key of the engine tests';
// Tests provoke errors on purpose; to see n8n's own account of them, run with N8N_LOG_LEVEL=debug.
process.env['N8N_LOG_LEVEL'] ??= 'silent';
