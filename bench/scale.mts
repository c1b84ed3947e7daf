/** How much is measured. */
export interface Scale {
	/** How often each side has its turn. */
	rounds: number;
	items: number;
	manyItems: number;
	deliveries: number;
	runs: number;
	/** How long each of the runs takes. */
	runSeconds: number;
	checks: number;
}

/** What the goals speak of. */
export const MEASUREMENT: Scale = {
	rounds: 5,
	items: 1_000,
	manyItems: 10_000,
	deliveries: 300,
	runs: 500,
	runSeconds: 30,
	checks: 4_000,
};

/** Only tells whether everything works: its figures say nothing. */
export const SMOKE: Scale = {
	rounds: 1,
	items: 50,
	manyItems: 200,
	deliveries: 20,
	runs: 20,
	runSeconds: 4,
	checks: 100,
};
