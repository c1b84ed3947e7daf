import type { Scale } from './scale.mts';

/** What was measured: one figure for each round, ours and theirs taken in turns. */
export interface Figures {
	ours: number[];
	theirs: number[];
	/** What belongs to the figures and is no ratio, for the last column. */
	remark?: string;
	/** Whether what the remark tells is as it has to be; nothing counts as yes. */
	isRemarkGood?: boolean;
}

/** What has to be reached. `of` says whether the ratio of ours to theirs is meant, or our own figure. */
export interface Goal {
	of: 'ratio' | 'ours';
	is: 'atLeast' | 'atMost';
	value: number;
}

/** One line of the table. */
export interface Row {
	/** What `--only` calls it. */
	name: string;
	/** What `--only` calls it together with others. */
	group?: 'automatic';
	what: string;
	theirs: string;
	unit: string;
	goal: Goal;
	measure(scale: Scale): Promise<Figures>;
}
