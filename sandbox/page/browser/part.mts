/** An element that every dashboard has. */
export function part(id: string): HTMLElement {
	const element = document.getElementById(id);
	if (element === null) throw new Error(`The page has no #${id}`);
	return element;
}
