import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../../context.mts';
import type { Invitation, Run } from '../../state.mts';

/** What an invitation is made of. */
export type NewInvitation = Omit<Invitation, 'token' | 'link' | 'state' | 'createdAt'>;

function sameSubject(one: Invitation, other: NewInvitation): boolean {
	return (
		one.subject.caseId === other.subject.caseId && one.subject.recordId === other.subject.recordId
	);
}

/** Makes a link or token for an end user. A link voids the ones before it for the same case or record. */
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

/** Makes the link at which an execution waits for its end user. */
export function inviteToExecution(run: Run, sandbox: Sandbox): Invitation {
	const { subject, definition, parameters, locale } = run;
	const details = { language: locale ?? null, sentTo: null, runId: run.id };
	return invite({ kind: 'link', subject, definition, parameters, ...details }, sandbox);
}
