import { Ajv } from 'ajv';
import { describeSchemaError } from './validation.mts';

/**
 * The behavior of the sandbox. Where TransactionLink's documentation is incomplete, a setting chooses between likely
 * variants.
 */
export interface Settings {
	/** Milliseconds of delay before every API request is processed. */
	delayMs: number;
	/** The lifetime of an access token in seconds. */
	tokenLifetimeSeconds: number;
	/** The status for a wrong key or secret. */
	badCredentialsStatus: 400 | 401;
	/** Missing permissions, e.g. `can_run`: requests that require them get a 403. */
	missingPermissions: string[];
	/** The name of the ID's field in the response to `POST /parameters`. */
	parametersIdField: 'id' | 'parametersId';
	/** The response to a request for a result before completion; `empty` is a 200 with an empty body. */
	earlyResult: 404 | 409 | 'empty';
	/** Where the result of a v3 execution is. */
	executionResult: 'endpoint' | 'field' | 'record';
	/** Milliseconds after its start in which a run is unknown (404). */
	runUnknownMs: number;
	/** Milliseconds between the completion of a run and its result. */
	resultDelayMs: number;
	/** Milliseconds until an execution without `expiresAt` expires. */
	executionLifetimeMs: number;
	/** Revokes all access tokens except the newest. */
	onlyNewestToken: boolean;
	/** The factor on the duration of runs: 0.1 makes them ten times as fast. */
	pace: number;
	/** The address for webhooks, or null for none. */
	webhookAddress: string | null;
	/** A second address for webhooks, e.g. the Test URL of n8n's trigger, or null for none. */
	webhookTestAddress: string | null;
	webhookShape: 'flat' | 'nested' | 'bare';
	/** Signs the raw body (`b64: false`, RFC 7797) instead of its base64url form. */
	unencodedPayload: boolean;
	/** The number of repeated deliveries of a webhook. */
	webhookRetries: number;
	/** Milliseconds between two attempts. */
	webhookRetryDelayMs: number;
	/** The timeout for the response to a webhook, in milliseconds. */
	webhookTimeoutMs: number;
}

/** The default settings. */
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
	webhookTestAddress: null,
	webhookShape: 'flat',
	unencodedPayload: false,
	webhookRetries: 5,
	webhookRetryDelayMs: 5_000,
	webhookTimeoutMs: 10_000,
};

/** Longer timers of the platform overflow and fire immediately. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

const duration = { type: 'integer', minimum: 0, maximum: LONGEST_TIMER_MS };

const address = { type: ['string', 'null'], pattern: '^https?://[^/]' };

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
		webhookAddress: address,
		webhookTestAddress: address,
		webhookShape: { enum: ['flat', 'nested', 'bare'] },
		unencodedPayload: { type: 'boolean' },
		webhookRetries: { type: 'integer', minimum: 0 },
		webhookRetryDelayMs: duration,
		webhookTimeoutMs: { ...duration, minimum: 1 },
	},
});

/** An invalid change of the settings. The message contains the reason. */
export class InvalidSettings extends Error {}

/** The current settings, shared by all parts of the sandbox. */
export class SettingsStore {
	readonly #initial: Readonly<Settings>;
	#current: Readonly<Settings>;

	/** `initial`: differences from the defaults, now and after each reset. Throws `InvalidSettings`. */
	constructor(initial: Partial<Settings>) {
		this.#current = DEFAULT_SETTINGS;
		this.change(initial);
		this.#initial = this.#current;
	}

	/** The current settings. */
	get current(): Readonly<Settings> {
		return this.#current;
	}

	/** Changes the settings in `change` and keeps the others. Throws `InvalidSettings` without any change. */
	change(change: unknown): void {
		if (!isSettingsChange(change)) {
			const messages = (isSettingsChange.errors ?? []).map(
				(error) => describeSchemaError(error).message,
			);
			throw new InvalidSettings(messages.join(' '));
		}
		this.#current = { ...this.#current, ...change };
	}

	/** Resets the settings to their initial values. */
	reset(): void {
		this.#current = this.#initial;
	}
}
