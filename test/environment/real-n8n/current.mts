import { CURRENT_N8N } from '../../../scripts/n8n/install.mts';
import { prepareN8n } from './prepare.mts';

// A file for each version, because jest runs the same file only once for all projects.
export default async (): Promise<void> => await prepareN8n(CURRENT_N8N);
