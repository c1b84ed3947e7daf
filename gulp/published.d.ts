/** The types of published.js for the tests; published.js documents the functions. */
export function findForbiddenImports(folder: string): Promise<string[]>;
export function findManifestProblems(manifest: Record<string, unknown>, folder: string): string[];
