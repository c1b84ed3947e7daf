/** The text of docs/operations.md with the table that the contract says. */
export function pageWithOutputs(contract: string, page: string): Promise<string>;
