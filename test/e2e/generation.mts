import { CURRENT_N8N, isN8n1 } from '../../scripts/n8n/install.mts';

/** The n8n version under test: the current one, unless TRANSACTIONLINK_N8N names another version. */
export const TESTED_N8N = process.env['TRANSACTIONLINK_N8N'] ?? CURRENT_N8N;

/** Whether the tests run on n8n 1, whose messages and endpoints differ in places. */
export const IS_N8N_1 = isN8n1(TESTED_N8N);
