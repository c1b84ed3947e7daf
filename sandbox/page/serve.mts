import express from 'express';
import { fileURLToPath } from 'node:url';
import { pageActions } from './actions.mts';
import { dashboard } from './dashboard.mts';
import { onboardingPages } from './onboarding.mts';
import { viewIn } from './section.mts';
import type { RequestHandler, Response, Router } from 'express';
import type { Sandbox } from '../sandbox.mts';

/** A page is notified once of several changes within this time. */
const GATHER_MS = 150;

const stylesFolder = fileURLToPath(new URL('./styles', import.meta.url));
const scriptFile = fileURLToPath(new URL('./browser.mts', import.meta.url));
const iconFile = fileURLToPath(new URL('../../icons/transactionLink.svg', import.meta.url));

/** The pages load everything from the sandbox itself, and no site may show them in a frame. */
const HEADERS = {
	'Content-Security-Policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cache-Control': 'no-store',
};

const guarded: RequestHandler = (_request, response, next) => {
	response.set(HEADERS);
	next();
};

/** The page's script as one JavaScript file. Bundled when the page is first opened, because few starts need it. */
async function bundleScript(): Promise<string> {
	const { rolldown } = await import('rolldown');
	const bundle = await rolldown({ input: scriptFile, logLevel: 'silent' });
	const { output } = await bundle.generate({ format: 'esm' });
	await bundle.close();
	return output[0].code;
}

function servedScript(): RequestHandler {
	let script: Promise<string> | undefined;
	return async (_request, response) => {
		script ??= bundleScript();
		response.type('js').send(await script);
	};
}

/** Versions of the sandbox's content, so that an open page knows whether it is current. */
function versionsOf({ changes }: Sandbox): () => string {
	const start = Date.now();
	let count = 0;
	changes.on('change', () => (count += 1));
	return () => `${start}-${count}`;
}

/** Notifies an open page of changes (server-sent events). */
function follow(response: Response, { changes }: Sandbox, version: () => string): void {
	response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
	let pending: NodeJS.Timeout | undefined;
	const tell = () => {
		pending = undefined;
		response.write(`event: change\ndata: ${version()}\n\n`);
	};
	const gather = () => {
		pending ??= setTimeout(tell, GATHER_MS);
	};
	changes.on('change', gather);
	response.once('close', () => {
		changes.off('change', gather);
		clearTimeout(pending);
	});
	// Something may have changed since the page was rendered, or while it was disconnected.
	tell();
}

/** The pages: the dashboard with its script, style and forms, and the pages for end users. */
export function pages(sandbox: Sandbox): Router {
	const router = express.Router();
	const version = versionsOf(sandbox);
	router.get('/_sandbox/events', (_request, response) => follow(response, sandbox, version));
	router.use('/_sandbox/page', guarded);
	router.use('/_sandbox/page/styles', express.static(stylesFolder));
	router.get('/_sandbox/page/icon.svg', (_request, response) => response.sendFile(iconFile));
	router.get('/_sandbox/page/script.js', servedScript());
	router.use('/_sandbox/forms', guarded, pageActions(sandbox));
	router.use('/onboarding', guarded, onboardingPages(sandbox));
	router.get('/', guarded, ({ originalUrl }, response) => {
		const view = viewIn(new URL(originalUrl, sandbox.url).search);
		response.type('html').send(dashboard(sandbox, version(), view));
	});
	return router;
}
