import { CURRENT_N8N } from '../../scripts/n8n/install.mts';

/** The n8n that the tests run on: the current one, unless TRANSACTIONLINK_N8N names another version. */
export const TESTED_N8N = process.env['TRANSACTIONLINK_N8N'] ?? CURRENT_N8N;

/** Whether that is an n8n 1, for what n8n itself says or does otherwise there. */
export const IS_N8N_1 = TESTED_N8N.startsWith('1.');
