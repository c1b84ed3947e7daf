/** The additional fields of a sample definition's result. */
export type ResultFields = Record<string, unknown>;

/** An automatic status of a run, timed from its start. */
export interface Step {
	afterMs: number;
	status: string;
}

/** A workflow definition that the sandbox can run. */
export interface SampleDefinition {
	id: string;
	name: string;
	/** A description in one line. */
	summary: string;
	/** Automatic steps after the start; a run with a step for the end user waits for that first. */
	steps: Step[];
	/** Whether there is a step for the end user: `POST /workflows/run` rejects such definitions. */
	endUserStep: boolean;
	/** Required parameters, each a number. */
	requiredNumbers: string[];
	result: (parameters: Record<string, unknown>) => ResultFields;
}

const approved: SampleDefinition['result'] = () => ({
	decision: 'APPROVED',
	checks: [
		{ name: 'company register', outcome: 'PASSED' },
		{ name: 'sanctions lists', outcome: 'PASSED' },
	],
});

/** Up to this amount, the sample credit check approves automatically. */
const LARGEST_APPROVED_AMOUNT = 10_000;

/** The IDs of the sample definitions. They never change: example workflows and saved workflows contain them. */
export const DEFINITION_IDS = {
	companyCheck: '11111111-1111-4111-8111-111111111111',
	identityCheck: '22222222-2222-4222-8222-222222222222',
	failingCheck: '33333333-3333-4333-8333-333333333333',
	slowCheck: '44444444-4444-4444-8444-444444444444',
	creditCheck: '55555555-5555-4555-8555-555555555555',
	hostedOnboarding: '66666666-6666-4666-8666-666666666666',
} as const;

/** The sample definitions. */
export const SAMPLE_DEFINITIONS: readonly SampleDefinition[] = [
	{
		id: DEFINITION_IDS.companyCheck,
		name: 'company-check',
		summary: 'Completes after two seconds with a result',
		steps: [{ afterMs: 2_000, status: 'COMPLETED' }],
		endUserStep: false,
		requiredNumbers: [],
		result: approved,
	},
	{
		id: DEFINITION_IDS.identityCheck,
		name: 'identity-check',
		summary: 'Awaits after one second, completes after three',
		steps: [
			{ afterMs: 1_000, status: 'AWAITING' },
			{ afterMs: 3_000, status: 'COMPLETED' },
		],
		endUserStep: false,
		requiredNumbers: [],
		result: () => ({
			decision: 'APPROVED',
			checks: [{ name: 'identity document', outcome: 'PASSED', score: 0.97 }],
		}),
	},
	{
		id: DEFINITION_IDS.failingCheck,
		name: 'failing-check',
		summary: 'Fails after one second',
		steps: [{ afterMs: 1_000, status: 'FAILED' }],
		endUserStep: false,
		requiredNumbers: [],
		result: () => ({}),
	},
	{
		id: DEFINITION_IDS.slowCheck,
		name: 'slow-check',
		summary: 'Completes after a minute',
		steps: [{ afterMs: 60_000, status: 'COMPLETED' }],
		endUserStep: false,
		requiredNumbers: [],
		result: approved,
	},
	{
		id: DEFINITION_IDS.creditCheck,
		name: 'credit-check',
		summary: 'Needs the parameter "amount" (a number); completes after two seconds',
		steps: [{ afterMs: 2_000, status: 'COMPLETED' }],
		endUserStep: false,
		requiredNumbers: ['amount'],
		result: ({ amount }) => ({
			decision: Number(amount) <= LARGEST_APPROVED_AMOUNT ? 'APPROVED' : 'MANUAL_REVIEW',
			amount,
			checks: [{ name: 'credit score', outcome: 'PASSED', score: 712 }],
		}),
	},
	{
		id: DEFINITION_IDS.hostedOnboarding,
		name: 'hosted-onboarding',
		summary: 'Has a step for the end user: make a link, open it and press the button',
		steps: [
			{ afterMs: 0, status: 'AWAITING' },
			{ afterMs: 1_000, status: 'COMPLETED' },
		],
		endUserStep: true,
		requiredNumbers: [],
		result: approved,
	},
];

/** The only table for records. */
export const SAMPLE_TABLE = { id: '77777777-7777-4777-8777-777777777777', name: 'Applicants' };

/** The only workspace that the credentials can see. */
export const SAMPLE_WORKSPACE = { id: '99999999-9999-4999-8999-999999999999', name: 'Sandbox' };

/** The users of the organization, for columns of the type assignee. */
export const SAMPLE_USERS = ['Ada Lind', 'Björn Ek', 'Cleo Dahl', 'Disa Holm', 'Egil Sund'].map(
	(name, index) => ({
		id: '88888888-8888-4888-8888-88888888888'.concat(String(index + 1)),
		email: `user-${index + 1}@example.com`,
		roleId: '80808080-8080-4808-8080-808080808080',
		profile: { name },
		createdDateTime: '2026-01-01T09:00:00.000Z',
	}),
);

/** The sample definition with this ID, or undefined. */
export function findDefinition(id: string): SampleDefinition | undefined {
	return SAMPLE_DEFINITIONS.find((definition) => definition.id === id);
}
