/** The part of published.js that the tests use; what the functions do stands there. */
export function complaintsAboutImports(folder: string): Promise<string[]>;
export function complaintsAboutManifest(
	manifest: Record<string, unknown>,
	folder: string,
): string[];
