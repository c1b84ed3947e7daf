import { objectOf, requiredTextOf, textOf } from '../fields.mts';
import { json } from '../answer.mts';
import { refusal } from '../refusal.mts';
import { executionBody } from './execution-body.mts';
import { inviteToExecution } from './invitations.mts';
import { checkParameters, definitionIn, subjectIn } from './lookups.mts';
import type { Handler } from '../handler.mts';

const MINUTE_MS = 60_000;
const SOONEST_EXPIRY_MS = 30 * MINUTE_MS;
const LATEST_EXPIRY_MS = 30 * 24 * 60 * MINUTE_MS;

/** Refuses an expiry that is less than 30 minutes or more than 30 days ahead. */
function checkExpiry(expiresAt: string | undefined): void {
	if (expiresAt === undefined) return;
	const ahead = Date.parse(expiresAt) - Date.now();
	if (ahead >= SOONEST_EXPIRY_MS && ahead <= LATEST_EXPIRY_MS) return;
	throw refusal(400, 'invalid_expiry', 'expiresAt must be 30 minutes to 30 days ahead.');
}

const inTime = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

/** `POST /workflows`: starts an execution; one with a step for the end user waits at the link it answers with. */
export const startWorkflow: Handler = ({ body }, sandbox) => {
	const definition = definitionIn(body);
	const subject = subjectIn(body, sandbox.state);
	const parameters = objectOf(body, 'parameters');
	const expiresAt = textOf(body, 'expiresAt');
	checkParameters(definition, parameters);
	checkExpiry(expiresAt);
	const locale = requiredTextOf(body, 'locale');
	const run = sandbox.runs.start({
		definition,
		kind: 'execution',
		subject,
		parameters,
		locale,
		expiresAt: expiresAt ?? inTime(sandbox.settings.current.executionLifetimeMs),
	});
	if (definition.endUserStep) {
		const { link, token } = inviteToExecution(run, sandbox);
		Object.assign(run, { link, token });
	}
	return json(200, executionBody(run));
};
