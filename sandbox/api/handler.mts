import type { Sandbox } from '../context.mts';
import type { AccountName } from '../credentials.mts';
import type { Answer } from './answer.mts';
import type { Content } from './content.mts';
import type { Generation } from './generation.mts';

/** A call that may be carried out: its credentials are good and it keeps to the contract. */
export interface Call {
	generation: Generation;
	account: AccountName;
	/** What stands in the variable parts of the path. */
	parameters: Record<string, string>;
	query: Record<string, string>;
	/** The JSON body; undefined when there was none. */
	body: unknown;
	content: Content;
}

/** Carries out one operation. Throws a refusal where it cannot. */
export type Handler = (call: Call, sandbox: Sandbox) => Answer | Promise<Answer>;
