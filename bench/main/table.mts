import type { Figures, Goal, Row } from '../row.mts';
import { median } from '../turns.mts';

/** A row with what came out; as `--json` writes it. */
export interface Line {
	name: string;
	what: string;
	ours: number;
	theirs: number;
	theirsIs: string;
	unit: string;
	ratio: number;
	goal: Goal;
	isReached: boolean;
	remark: string;
	rounds: { ours: number[]; theirs: number[] };
}

/** A row that could not be measured; as `--json` writes it. */
export interface Failure {
	name: string;
	what: string;
	error: string;
}

function isReached({ of, is, value }: Goal, ours: number, ratio: number): boolean {
	const figure = of === 'ratio' ? ratio : ours;
	return is === 'atLeast' ? figure >= value : figure <= value;
}

/** Makes a line of what was measured. */
export function lineOf({ name, what, theirs: theirsIs, unit, goal }: Row, figures: Figures): Line {
	const ours = median(figures.ours);
	const theirs = median(figures.theirs);
	const ratio = ours / theirs;
	return {
		name,
		what,
		ours,
		theirs,
		theirsIs,
		unit,
		ratio,
		goal,
		isReached: isReached(goal, ours, ratio) && figures.isRemarkGood !== false,
		remark: figures.remark ?? '',
		rounds: { ours: figures.ours, theirs: figures.theirs },
	};
}

/** Makes a failure of what kept a row from being measured. */
export function failureOf({ name, what }: Row, error: unknown): Failure {
	return { name, what, error: error instanceof Error ? error.message : String(error) };
}

function shown(figure: number): string {
	if (Number.isInteger(figure)) return String(figure);
	return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
}

function goalOf({ of, is, value }: Goal, unit: string): string {
	return `${is === 'atLeast' ? '≥' : '≤'} ${value}${of === 'ours' ? ` ${unit}` : ''}`;
}

/** The table as text, in columns: what | ours | theirs | ratio | goal; below, the rows that could not be measured. */
export function tableOf(lines: Line[], failures: Failure[] = []): string {
	const rows = [
		['what', 'ours', 'theirs', 'ratio', 'goal', ''],
		...lines.map(
			({ what, unit, ours, theirs, theirsIs, ratio, goal, isReached: isGood, remark }) => [
				`${what} [${unit}]`,
				shown(ours),
				`${shown(theirs)} (${theirsIs})`,
				shown(ratio),
				goalOf(goal, unit),
				[isGood ? 'reached' : 'NOT REACHED', remark].filter(Boolean).join('; '),
			],
		),
		...failures.map(({ name, what, error }) => [
			what,
			'',
			'',
			'',
			'',
			`FAILED (${name}): ${error.split('\n')[0] ?? ''}`,
		]),
	];
	const widths =
		rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join(' | ')
				.trimEnd(),
		)
		.join('\n');
}
