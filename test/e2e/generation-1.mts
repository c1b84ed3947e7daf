// jest loads this before each test file of the project "e2e-n8n1", which runs the tests on the last n8n 1.

import { PREVIOUS_N8N } from '../../scripts/n8n/install.mts';

process.env['TRANSACTIONLINK_N8N'] = PREVIOUS_N8N;
