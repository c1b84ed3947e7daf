import { copyable, facts, html, options } from './html.mts';
import { section } from './section.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Choice, Markup } from './html.mts';

const ACCOUNT_CHOICES: readonly Choice[] = [
	['main', 'this account'],
	['other', 'another account'],
];

/** The saved addresses in full, because a form field cuts them off. */
function savedAddresses({
	webhookAddress,
	webhookTestAddress,
}: Sandbox['settings']['current']): Markup | null {
	if (webhookAddress === null && webhookTestAddress === null) return null;
	const shown = (address: string | null, what: string) =>
		address === null ? null : copyable(address, what);
	return html`<h3>Webhooks go to</h3>
		${facts([
			['Production', shown(webhookAddress, 'the production address')],
			['Test', shown(webhookTestAddress, 'the test address')],
		])}`;
}

function addressForm({
	webhookAddress,
	webhookTestAddress,
}: Sandbox['settings']['current']): Markup {
	return html`<form method="post" action="/_sandbox/forms/webhook" id="addresses-form">
		<div class="fields wide">
			<label
				>Production URL
				<input name="address" value="${webhookAddress}" inputmode="url" autocomplete="off" />
			</label>
			<label
				>Test URL
				<input
					name="testAddress"
					value="${webhookTestAddress}"
					inputmode="url"
					autocomplete="off"
					aria-describedby="test-url-hint"
				/>
			</label>
		</div>
		<p class="muted" id="test-url-hint">
			Every webhook goes to both. To try a trigger in n8n, paste its Test URL here, press
			<em>Execute step</em> in its panel, then run a definition. While n8n doesn't listen, the
			delivery to the Test URL is marked <em>not listening</em>.
		</p>
		<button>Save addresses</button>
	</form>`;
}

function keyForm({ keys }: Sandbox): Markup {
	return html`<details class="form" id="keys">
		<summary>Signing keys</summary>
		<p>Webhooks are signed with the key <code>${keys.current.kid}</code>.</p>
		<form method="post" action="/_sandbox/forms/rotate" id="rotate">
			<label
				>New signing key of
				<select name="account">
					${options(ACCOUNT_CHOICES)}
				</select>
			</label>
			<label class="check">
				<input type="checkbox" name="retireOld" value="yes" /> stop publishing the old keys
			</label>
			<button>Rotate key</button>
		</form>
	</details>`;
}

/** The two webhook addresses, and the signing keys. */
export function addressesSection(sandbox: Sandbox): Markup {
	const { current } = sandbox.settings;
	const body = html`${addressForm(current)} ${savedAddresses(current)} ${keyForm(sandbox)}`;
	return section('addresses', 'Webhook addresses', body);
}
