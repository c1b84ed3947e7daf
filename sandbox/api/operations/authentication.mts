import { randomBytes } from 'node:crypto';
import { SANDBOX_CREDENTIALS } from '../access.mts';
import { json, text } from '../response.mts';
import { requiredTextOf, textOf } from '../fields.mts';
import { apiError, orNotFound } from '../error.mts';
import { SAMPLE_WORKSPACE } from '../../definitions.mts';
import type { Sandbox } from '../../sandbox.mts';
import type { ApiResponse } from '../response.mts';
import type { Handler } from '../../sandbox.mts';

function newToken(): string {
	return randomBytes(24).toString('base64url');
}

/** Issues a pair of tokens, and removes expired access tokens. */
function issueTokens({ state, settings }: Sandbox): ApiResponse {
	const now = Date.now();
	for (const [token, expiresAt] of state.accessTokens) {
		// Tokens expire in the order of their issue. If the lifetime was changed in between, one is removed later, which
		// does no harm.
		if (expiresAt > now) break;
		state.accessTokens.delete(token);
	}
	const lifetime = settings.current.tokenLifetimeSeconds;
	if (settings.current.onlyNewestToken) state.accessTokens.clear();
	const accessToken = newToken();
	const refreshToken = newToken();
	state.accessTokens.set(accessToken, now + lifetime * 1_000);
	state.refreshTokens.add(refreshToken);
	return json(200, { accessToken, refreshToken, expiryDuration: lifetime, tokenType: 'Bearer' });
}

/** `POST /auth/authorize`: exchanges the API key and secret for tokens. */
export const authorize: Handler = ({ body }, sandbox) => {
	const status = sandbox.settings.current.badCredentialsStatus;
	if (textOf(body, 'key') !== SANDBOX_CREDENTIALS.apiKey)
		throw apiError(status, 'invalid_key', 'The API key is not known.');
	if (textOf(body, 'secret') !== SANDBOX_CREDENTIALS.apiSecret) {
		throw apiError(status, 'invalid_secret', 'The API secret does not belong to the key.');
	}
	sandbox.state.exchanges.authorize += 1;
	return issueTokens(sandbox);
};

/** `POST /auth/refresh`: exchanges a refresh token for new tokens; it can be used again. */
export const refresh: Handler = ({ body }, sandbox) => {
	if (!sandbox.state.refreshTokens.has(requiredTextOf(body, 'refreshToken'))) {
		throw apiError(401, 'invalid_refresh_token', 'The refresh token is not known.');
	}
	sandbox.state.exchanges.refresh += 1;
	return issueTokens(sandbox);
};

/** The base64 between the first and the last line of a PEM. */
function withoutFrame(pem: string): string {
	return pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
}

/** `GET /auth/webhooks/key/{kid}`: a public key of the sender's account, as PEM or as the plain base64 of its DER. */
export const getWebhookKey: Handler = (
	{ account, parameters: { kid = '' }, query },
	{ keys, otherKeys },
) => {
	const pem = orNotFound((account === 'other' ? otherKeys : keys).publicPem(kid), 'key', kid);
	return text(200, query['pem'] !== 'false' ? pem : withoutFrame(pem));
};

/** `GET /organizations/workspaces`: the workspaces that the credentials can see. */
export const getWorkspaces: Handler = () => json(200, [SAMPLE_WORKSPACE]);
