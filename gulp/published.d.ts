/** The types of published.js for the tests; published.js documents the functions. */
export function complaintsAboutImports(folder: string): Promise<string[]>;
export function complaintsAboutManifest(
	manifest: Record<string, unknown>,
	folder: string,
): string[];
