// `npm run bench`: measures this package in a real n8n, and prints a table of ratios.

import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';

import { execa } from 'execa';

import { runProgram } from '../scripts/command-line.mts';
import { CURRENT_N8N, installN8n } from '../scripts/n8n/install.mts';
import { projectFolder } from '../scripts/project.mts';
import { readBenchOptions } from './main/options.mts';
import { rows } from './rows.mts';
import type { Row } from './row.mts';
import { MEASUREMENT, type Scale, SMOKE } from './scale.mts';
import { type Failure, failureOf, type Line, lineOf, tableOf } from './main/table.mts';
import { onShutdown, isShuttingDown } from '../scripts/signals.mts';

function write(file: string, isMeasurement: boolean, lines: Line[], failures: Failure[]): void {
	writeFileSync(
		file,
		`${JSON.stringify({ n8n: CURRENT_N8N, isMeasurement, lines, failures }, null, '\t')}\n`,
	);
}

/** What `--only` may call a row. */
const namesOf = ({ name, group }: Row) => (group === undefined ? [name] : [name, group]);

/** Measures one row. One that fails costs none of the others, which took long. */
async function outcomeOf(row: Row, scale: Scale): Promise<Line | Failure> {
	const start = Date.now();
	const seconds = () => `${Math.round((Date.now() - start) / 1_000)} s`;
	try {
		const line = lineOf(row, await row.measure(scale));
		const load = loadavg()
			.map((average) => average.toFixed(1))
			.join(', ');
		console.log(`${row.name}: measured, ${seconds()}, load ${load}`);
		return line;
	} catch (error) {
		const failure = failureOf(row, error);
		if (!isShuttingDown())
			console.error(`${row.name}: FAILED after ${seconds()}: ${failure.error}`);
		return failure;
	}
}

await runProgram(async () => {
	const options = readBenchOptions([...new Set(rows.flatMap(namesOf))]);
	onShutdown(() => console.error('\nEnded before all was measured.'));
	await installN8n(CURRENT_N8N, console.log);
	await execa('npm', ['run', 'build'], { cwd: projectFolder });
	const lines: Line[] = [];
	const failures: Failure[] = [];
	const isChosen = (row: Row) =>
		options.only.length === 0 || namesOf(row).some((name) => options.only.includes(name));
	for (const row of rows.filter(isChosen)) {
		const outcome = await outcomeOf(row, options.quick ? SMOKE : MEASUREMENT);
		// The stage went down because of the signal, and this process is about to end.
		if (isShuttingDown()) return;
		if ('error' in outcome) failures.push(outcome);
		else lines.push(outcome);
		if (options.json !== undefined) write(options.json, !options.quick, lines, failures);
	}
	console.log(`\n${tableOf(lines, failures)}`);
	if (options.quick)
		console.log(
			'\nThis was a quick run: it measures nothing, it only tells that everything works.',
		);
	if (failures.length > 0) process.exitCode = 1;
});
