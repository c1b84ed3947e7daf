import { SAMPLE_WORKSPACE } from '../../definitions.mts';
import { json } from '../answer.mts';
import type { Handler } from '../handler.mts';

/** `GET /organizations/workspaces`: what the credentials may see. */
export const getWorkspaces: Handler = () => json(200, [SAMPLE_WORKSPACE]);
