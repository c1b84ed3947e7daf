/** The types of bundle.js, which documents the function. */
export function bundle(sources: Record<string, string>, folder: string): Promise<void>;
