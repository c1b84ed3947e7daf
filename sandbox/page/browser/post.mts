/** Posts the fields of a form. Returns the sandbox's message. Throws when it does not respond. */
export async function post(
	address: string,
	form: HTMLFormElement,
): Promise<{ message: string; error: string }> {
	const fields = new URLSearchParams();
	for (const [name, value] of new FormData(form))
		if (typeof value === 'string') fields.append(name, value);
	const headers = { accept: 'application/json' };
	const response = await fetch(address, { method: 'POST', headers, body: fields });
	const { message = '', error = '' }: { message?: string; error?: string } = await response.json();
	return { message, error };
}
