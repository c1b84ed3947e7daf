import type { Attempt } from '../http/attempt';

/** An attempt, and the token with which it was sent. */
export interface Used {
	attempt: Attempt;
	token: string | undefined;
}

/** One request and its access to tokens. Tokens are sealed, as n8n stores them (see `seal`). */
export interface TokenHolder {
	/** The token in this execution's copy of the credential; undefined when there is none for its key and secret. */
	token(): string | undefined;
	/** Reads the stored credential again: another process may have renewed the token. */
	reread(): Promise<string | undefined>;
	/** Uses a new token for the next requests. */
	adopt(token: string): void;
	/** Sends the request with a token. */
	send(token: string): Promise<Attempt>;
	/** Lets n8n sign in, store the new token, and send the request with it. */
	signIn(): Promise<Used>;
}
