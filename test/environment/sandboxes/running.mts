import type { SandboxProcess } from '../../tools/sandbox-process.mts';

/** The running sandboxes, which start.mts starts and stop.mts stops. */
export const running: SandboxProcess[] = [];
