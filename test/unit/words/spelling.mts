import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A text, and where it stands. */
interface Placed {
	where: string;
	text: string;
}

const PROGRAM = join(process.cwd(), 'node_modules', 'cspell', 'bin.mjs');

function spell(input: string, words: string[]): string[] {
	const { stdout, stderr, status, error } = spawnSync(
		process.execPath,
		[
			PROGRAM,
			'lint',
			'--no-color',
			'--no-progress',
			'--no-summary',
			'--config',
			join(process.cwd(), 'cspell.json'),
			...words,
		],
		{ input, encoding: 'utf8' },
	);
	// It ends with 1 when it found something, and with nothing said when it did not get so far.
	if (error !== undefined || (status !== 0 && stdout === ''))
		throw new Error(`The spelling could not be checked. ${stderr}`);
	return stdout.split('\n').filter(Boolean);
}

/**
 * Checks the spelling with the dictionaries that cspell brings along, and the words of `cspell.json`.
 *
 * @returns each unknown word with the place of its text; empty when all are known
 */
export function misspelled(texts: Placed[]): string[] {
	const lines = texts.map(({ text }) => text.replace(/\s*\n\s*/g, ' '));
	return spell(`${lines.join('\n')}\n`, ['--issue-template', '$row\t$text', 'stdin']).map(
		(issue) => {
			const [row = '', word = ''] = issue.split('\t');
			return `${word} in ${texts[Number(row) - 1]?.where ?? 'a text'}`;
		},
	);
}

/** The same for files of the project, by their paths. */
export function misspelledInFiles(paths: string[]): string[] {
	return spell('', ['--issue-template', '$text in $filename:$row', ...paths]);
}
