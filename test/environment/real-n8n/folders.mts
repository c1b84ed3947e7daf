/** The prepared user folders of this run by n8n's version, between jest's set-up and its teardown. */
export const folders = new Map<string, string>();
