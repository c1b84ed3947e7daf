import { type Browser, chromium } from 'playwright-core';

import { findChromium } from '../program/find-programs.mjs';

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
