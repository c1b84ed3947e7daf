import { Ajv } from 'ajv';
import { describeViolation } from './violations.mts';

/** How the sandbox behaves. Where the vendor's documentation is silent, each plausible answer can be chosen. */
export interface Settings {
	/** Milliseconds that every call of the API waits before it is looked at. */
	delayMs: number;
	/** Seconds that an access token lives. */
	tokenLifetimeSeconds: number;
	/** What a wrong key or secret is answered with. */
	badCredentialsStatus: 400 | 401;
	/** Permissions that the credentials lack, e.g. `can_run`: calls that need them are answered 403. */
	missingPermissions: string[];
	/** The name of the id's field in the answer to `POST /parameters`. */
	parametersIdField: 'id' | 'parametersId';
	/** What a result that is not there yet is answered with; `empty` is a 200 with an empty body. */
	earlyResult: 404 | 409 | 'empty';
	/** Where the result of a v3 execution is found. */
	executionResult: 'endpoint' | 'field' | 'record';
	/** Milliseconds after its start in which a run is not known yet: 404. */
	runUnknownMs: number;
	/** Milliseconds after its completion in which a run has no result yet. */
	resultDelayMs: number;
	/** Milliseconds after its start at which an execution expires that was started without a time. */
	executionLifetimeMs: number;
	/** Voids all access tokens but the newest. */
	onlyNewestToken: boolean;
	/** Factor on the time that runs take: 0.1 makes them ten times as fast. */
	pace: number;
	/** Where webhooks go, or null for nowhere. */
	webhookAddress: string | null;
	webhookShape: 'flat' | 'nested' | 'bare';
	/** Signs the raw body as RFC 7797 has it (`b64: false`), instead of its base64url form. */
	unencodedPayload: boolean;
	/** How many more times a webhook is tried. */
	webhookRetries: number;
	/** Milliseconds between two tries. */
	webhookRetryDelayMs: number;
	/** Milliseconds in which a webhook must be answered. */
	webhookPatienceMs: number;
}

/** How the sandbox behaves unless it is told otherwise. */
export const DEFAULT_SETTINGS: Readonly<Settings> = {
	delayMs: 0,
	tokenLifetimeSeconds: 3_600,
	badCredentialsStatus: 401,
	missingPermissions: [],
	parametersIdField: 'id',
	earlyResult: 404,
	executionResult: 'endpoint',
	runUnknownMs: 0,
	resultDelayMs: 0,
	executionLifetimeMs: 3_600_000,
	onlyNewestToken: false,
	pace: 1,
	webhookAddress: null,
	webhookShape: 'flat',
	unencodedPayload: false,
	webhookRetries: 5,
	webhookRetryDelayMs: 5_000,
	webhookPatienceMs: 10_000,
};

/** Longer than this, the platform's timers overflow and fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

const duration = { type: 'integer', minimum: 0, maximum: LONGEST_TIMER_MS };

const isSettingsChange = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<
	Partial<Settings>
>({
	type: 'object',
	additionalProperties: false,
	properties: {
		delayMs: duration,
		tokenLifetimeSeconds: { type: 'number', minimum: 0 },
		badCredentialsStatus: { enum: [400, 401] },
		missingPermissions: { type: 'array', items: { type: 'string' } },
		parametersIdField: { enum: ['id', 'parametersId'] },
		earlyResult: { enum: [404, 409, 'empty'] },
		executionResult: { enum: ['endpoint', 'field', 'record'] },
		runUnknownMs: duration,
		resultDelayMs: duration,
		executionLifetimeMs: duration,
		onlyNewestToken: { type: 'boolean' },
		pace: { type: 'number', minimum: 0, maximum: 100 },
		webhookAddress: { type: ['string', 'null'], pattern: '^https?://[^/]' },
		webhookShape: { enum: ['flat', 'nested', 'bare'] },
		unencodedPayload: { type: 'boolean' },
		webhookRetries: { type: 'integer', minimum: 0 },
		webhookRetryDelayMs: duration,
		webhookPatienceMs: { ...duration, minimum: 1 },
	},
});

/** A change of the settings that cannot be made; the message says why, for a person. */
export class UnusableSettings extends Error {}

/** Holds the settings, so that every room sees a change at once. */
export class SettingsStore {
	readonly #initial: Readonly<Settings>;
	#current: Readonly<Settings>;

	/** `initial`: what differs from the defaults, now and after each reset. Throws `UnusableSettings`. */
	constructor(initial: Partial<Settings>) {
		this.#current = DEFAULT_SETTINGS;
		this.change(initial);
		this.#initial = this.#current;
	}

	/** The settings as they are now. */
	get current(): Readonly<Settings> {
		return this.#current;
	}

	/** Changes what is named in `change` and leaves the rest. Throws `UnusableSettings`, and changes nothing then. */
	change(change: unknown): void {
		if (!isSettingsChange(change)) {
			const messages = (isSettingsChange.errors ?? []).map(
				(error) => describeViolation(error).message,
			);
			throw new UnusableSettings(messages.join(' '));
		}
		this.#current = { ...this.#current, ...change };
	}

	/** Back to how it was at the start. */
	reset(): void {
		this.#current = this.#initial;
	}
}
