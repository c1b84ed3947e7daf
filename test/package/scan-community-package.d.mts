/** The part of n8n's scanner for community packages that scan.mts uses; the scanner brings no types of its own. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** What of a repository becomes the published package. */
	export const SOURCE_FILE_PATTERNS: string[];

	export function analyzePackage(
		packageFolder: string,
		filePatterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
