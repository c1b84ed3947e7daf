import { PREVIOUS_N8N } from '../../../scripts/n8n/install.mts';
import { prepareN8n } from './prepare.mts';

export default async (): Promise<void> => await prepareN8n(PREVIOUS_N8N);
