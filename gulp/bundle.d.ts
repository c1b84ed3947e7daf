/** The part of bundle.js that programs use; what it does stands there. */
export function bundle(sources: Record<string, string>, folder: string): Promise<void>;
