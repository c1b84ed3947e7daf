import { text } from '../answer.mts';
import { found } from '../refusal.mts';
import type { Handler } from '../handler.mts';

/** The base64 between the first and the last line of a PEM. */
function withoutFrame(pem: string): string {
	return pem.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
}

/** `GET /auth/webhooks/key/{kid}`: a public key, as PEM or as the bare base64 of its DER. */
export const getWebhookKey: Handler = ({ parameters: { kid = '' }, query }, { keys }) => {
	const pem = found(keys.publicPem(kid), 'key', kid);
	return text(200, query['pem'] === 'true' ? pem : withoutFrame(pem));
};
