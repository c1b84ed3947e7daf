import { type Browser, chromium } from 'playwright-core';

import { findProgram, foldersOnPath, isProgram } from '../program/find.mts';

/** The names under which Chromium and Chrome are installed. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Where they lie outside of PATH. */
const PLACES = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** There is no browser on this machine. Its message is for the person who gave the command. */
export class MissingBrowser extends Error {}

/**
 * Finds a Chromium or Chrome: the one that CHROMIUM names, or one that is installed.
 *
 * @returns its full path
 * @throws MissingBrowser saying what to install
 */
export function findChromium(): string {
	const chosen = process.env['CHROMIUM'];
	if (chosen !== undefined && chosen !== '') {
		if (isProgram(chosen)) return chosen;
		throw new MissingBrowser(`The variable CHROMIUM names ${chosen}, and that is not a program.`);
	}
	const onPath = NAMES.map((name) => findProgram(name, foldersOnPath()));
	const found = onPath.find((file) => file !== undefined) ?? PLACES.find(isProgram);
	if (found !== undefined) return found;
	throw new MissingBrowser(
		'Chromium cannot be found here. Install it, or name the program in the variable CHROMIUM:\n' +
			'  Debian, Ubuntu   sudo apt-get install chromium\n' +
			'  macOS            brew install --cask chromium',
	);
}

/**
 * Starts the browser of this machine without a window. It calls nobody by itself.
 *
 * @throws MissingBrowser, or in the browser's own words when it does not come up
 */
export async function startChromium(): Promise<Browser> {
	return await chromium.launch({
		executablePath: findChromium(),
		// Signals are for this program, which may have more to end than the browser; the browser ends with it.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
		args: [
			// Started by root, as in a container, Chromium has no sandbox.
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			// No other machine is asked for anything, whatever the page would like to load.
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
			// Otherwise the same page is drawn differently from machine to machine.
			'--font-render-hinting=none',
			'--force-color-profile=srgb',
			'--hide-scrollbars',
		],
	});
}
