import { type Browser, chromium } from 'playwright-core';

import { UserError } from '../command-line.mts';
import { findProgram, isProgram } from '../program/find.mts';

/** The names under which Chromium and Chrome are installed. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Where they are installed outside of PATH. */
const PATHS = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Finds a Chromium or Chrome: the program in the variable CHROMIUM, or an installed one.
 *
 * @returns its path
 * @throws UserError saying what to install
 */
export function findChromium(): string {
	const chosen = process.env['CHROMIUM'];
	if (chosen !== undefined && chosen !== '') {
		if (isProgram(chosen)) return chosen;
		throw new UserError(`The variable CHROMIUM contains ${chosen}, which is not a program.`);
	}
	const found = NAMES.map((name) => findProgram(name)).find(Boolean) ?? PATHS.find(isProgram);
	if (found !== undefined) return found;
	throw new UserError(
		'Chromium was not found. Install it, or put the path of the program into the variable CHROMIUM:\n' +
			'  Debian, Ubuntu   sudo apt-get install chromium\n' +
			'  macOS            brew install --cask chromium',
	);
}

/**
 * Starts this machine's browser without a window. It connects to 127.0.0.1 only.
 *
 * @throws UserError when there is none
 */
export async function startChromium(): Promise<Browser> {
	return await chromium.launch({
		executablePath: findChromium(),
		// This program handles signals, because it has more to end than the browser.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: [
			// Chromium has no sandbox when root starts it, as in a container.
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			// The page loads nothing from other machines.
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
			// Or machines draw the same page differently.
			'--font-render-hinting=none',
			'--force-color-profile=srgb',
			'--hide-scrollbars',
		],
	});
}
