import type { TriggerPanelDefinition } from 'n8n-workflow';

const TEST =
	'<b>To test</b>, first test the credential. Open Webhook URLs on the right and copy the Test URL into the ' +
	'webhook settings of the ' +
	'TransactionLink dashboard. Click the button above, then run a workflow definition in TransactionLink. The ' +
	'dashboard holds one address only: put the Production URL back afterwards.';

const SHOWN_IN = 'These executions show up in the <a data-key="executions">executions list</a>.';

/**
 * The texts next to the panel, in HTML. They replace n8n's own ("go to TransactionLink and make an event happen"),
 * because TransactionLink sends events only to the address in its dashboard.
 */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive events from TransactionLink',
	executionsHelp: {
		inactive:
			`${TEST}<br /><br /><b>To go live</b>, publish this workflow, and enter its Production URL in the ` +
			`dashboard. ${SHOWN_IN}`,
		active:
			`${TEST}<br /><br /><b>This workflow is live</b>: events that TransactionLink sends to its Production URL ` +
			`start it. ${SHOWN_IN}`,
	},
	activationHint: {
		inactive:
			'Once your workflow is finished, publish it and enter its Production URL in TransactionLink.',
		active: 'While the dashboard contains the Test URL, no event starts the published workflow.',
	},
};
