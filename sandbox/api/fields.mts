/** Whether a value is a JSON object (no list, not null). */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field `name` of a body, if the body is an object that has it. */
export function fieldOf(body: unknown, name: string): unknown {
	return isObject(body) ? body[name] : undefined;
}

/** The text in a field of a body, or undefined. */
export function textOf(body: unknown, name: string): string | undefined {
	const value = fieldOf(body, name);
	return typeof value === 'string' ? value : undefined;
}

/** The text in a field that the contract requires; an empty text if it is missing. */
export function requiredTextOf(body: unknown, name: string): string {
	return textOf(body, name) ?? '';
}

/** The object in a field of a body; an empty one if there is none. */
export function objectOf(body: unknown, name: string): Record<string, unknown> {
	const value = fieldOf(body, name);
	return isObject(value) ? value : {};
}

/** The texts in a list of a body; an empty list if there is none. */
export function textsOf(body: unknown, name: string): string[] {
	const value = fieldOf(body, name);
	return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** The named fields of a body, without missing ones. */
export function pick(body: unknown, names: readonly string[]): Record<string, unknown> {
	const picked: Record<string, unknown> = {};
	for (const name of names) {
		const value = fieldOf(body, name);
		if (value !== undefined) picked[name] = value;
	}
	return picked;
}
