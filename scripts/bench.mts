// `npm run bench`: measures this package in a real n8n, and prints a table of ratios.

import { writeFileSync } from 'node:fs';

import { runCommand } from './command.mts';
import { CURRENT_N8N, installN8n } from './n8n/install.mts';
import { projectFolder } from './project.mts';
import { readOptions, UnusableOption, USAGE } from './bench/options.mts';
import { rows } from './bench/rows.mts';
import { MEASUREMENT, SMOKE } from './bench/scale.mts';
import { type Line, lineOf, tableOf } from './bench/table.mts';

async function measured(commandLine: string[]): Promise<void> {
	const options = readOptions(commandLine, rows.map(({ name }) => name));
	if (options.help) {
		console.log(USAGE);
		return;
	}
	await installN8n(CURRENT_N8N, console.log);
	await runCommand('npm', ['run', 'build'], { folder: projectFolder });
	const lines: Line[] = [];
	for (const row of rows.filter(({ name }) => options.only.length === 0 || options.only.includes(name))) {
		const start = Date.now();
		lines.push(lineOf(row, await row.measure(options.quick ? SMOKE : MEASUREMENT)));
		console.log(`${row.name}: measured, ${Math.round((Date.now() - start) / 1_000)} s`);
	}
	console.log(`\n${tableOf(lines)}`);
	if (options.quick) console.log('\nThis was a quick run: it measures nothing, it only tells that everything works.');
	if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ n8n: CURRENT_N8N, isMeasurement: !options.quick, lines }, null, '\t')}\n`);
}

try {
	await measured(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof UnusableOption)) throw error;
	console.error(`${error.message}\n\n${USAGE}`);
	process.exitCode = 1;
}
