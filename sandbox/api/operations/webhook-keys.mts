import { text } from '../answer.mts';
import { found } from '../refusal.mts';
import type { Handler } from '../handler.mts';

/** The base64 between the first and the last line of a PEM. */
function withoutFrame(pem: string): string {
	return pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
}

/** `GET /auth/webhooks/key/{kid}`: a public key of the caller's account, as PEM or as the bare base64 of its DER. */
export const getWebhookKey: Handler = (
	{ account, parameters: { kid = '' }, query },
	{ keys, otherKeys },
) => {
	const pem = found((account === 'other' ? otherKeys : keys).publicPem(kid), 'key', kid);
	return text(200, query['pem'] === 'true' ? pem : withoutFrame(pem));
};
