import type { SandboxProcess } from '../../../scripts/sandbox-process.mts';

/** The sandboxes of this run, between jest's set-up and its teardown. */
export const running: SandboxProcess[] = [];
