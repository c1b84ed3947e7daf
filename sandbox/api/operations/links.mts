import { randomBytes } from 'node:crypto';
import { json } from '../response.mts';
import { textOf } from '../fields.mts';
import { apiError } from '../error.mts';
import { definitionIn, savedParametersIn, subjectIn } from './lookups.mts';
import type { Sandbox } from '../../sandbox.mts';
import type { Invitation, Run, State, Subject } from '../../state.mts';
import type { Handler } from '../../sandbox.mts';

/** The data of a new invitation. */
export type NewInvitation = Omit<Invitation, 'token' | 'link' | 'state' | 'createdAt'>;

function sameSubject(one: Invitation, other: NewInvitation): boolean {
	return (
		one.subject.caseId === other.subject.caseId && one.subject.recordId === other.subject.recordId
	);
}

/** Creates a link or token for an end user. A link invalidates earlier ones for the same case or record. */
export function invite(invitation: NewInvitation, sandbox: Sandbox): Invitation {
	const { invitations } = sandbox.state;
	if (invitation.kind === 'link' && invitation.runId === null) {
		for (const earlier of invitations.values()) {
			const replaced =
				earlier.kind === 'link' && earlier.runId === null && sameSubject(earlier, invitation);
			if (replaced && earlier.state === 'open') earlier.state = 'void';
		}
	}
	const token = randomBytes(18).toString('base64url');
	const link = `${sandbox.url}/onboarding/${token}`;
	const made: Invitation = {
		...invitation,
		token,
		link,
		state: 'open',
		createdAt: new Date().toISOString(),
	};
	invitations.set(token, made);
	return made;
}

/** Creates the link of an execution that waits for its end user. */
export function inviteToExecution(run: Run, sandbox: Sandbox): Invitation {
	const { subject, definition, parameters, locale } = run;
	const details = { language: locale ?? null, sentTo: null, runId: run.id };
	return invite({ kind: 'link', subject, definition, parameters, ...details }, sandbox);
}

/** The documented lifetime of a widget token, in seconds. */
const WIDGET_TOKEN_LIFETIME_SECONDS = 3_600;

function inviteAs(
	kind: Invitation['kind'],
	body: unknown,
	sandbox: Sandbox,
	sentTo: string | null,
): Invitation {
	const definition = definitionIn(body);
	const subject = subjectIn(body, sandbox.state);
	const parameters = savedParametersIn(body, definition, sandbox.state);
	const language = textOf(body, 'lang') ?? null;
	return invite({ kind, subject, definition, parameters, language, sentTo, runId: null }, sandbox);
}

/** The recipient of a link: in the body, or the person of the case. Throws a 400 error if both are missing. */
function addressee(body: unknown, { caseId }: Subject, state: State): string {
	const email =
		textOf(body, 'email') ?? textOf(state.cases.get(caseId ?? '')?.partyDetails.personal, 'email');
	if (email === undefined)
		throw apiError(400, 'missing_email', 'The case has no email that the link could be sent to.');
	return email;
}

/** `POST /link`: creates a link for the end user. */
export const createLink: Handler = ({ body }, sandbox) => {
	return json(201, { link: inviteAs('link', body, sandbox, null).link });
};

/** `POST /link/send`: creates a link and stores its recipient. The sandbox sends no e-mail. */
export const sendLink: Handler = ({ body }, sandbox) => {
	const sentTo = addressee(body, subjectIn(body, sandbox.state), sandbox.state);
	return json(201, { link: inviteAs('link', body, sandbox, sentTo).link });
};

/** `POST /token`: creates a token for the embedded widget. */
export const createWidgetToken: Handler = ({ body }, sandbox) => {
	const { token } = inviteAs('widgetToken', body, sandbox, null);
	return json(201, { token, expiryDuration: WIDGET_TOKEN_LIFETIME_SECONDS, tokenType: 'Bearer' });
};
