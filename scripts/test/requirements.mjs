import { findChromium, findServers } from '../program/find-programs.mjs';
import { UserError } from '../user-error.mjs';

/** @param {() => unknown} find @returns {string[]} */
function complaintsOf(find) {
	try {
		find();
		return [];
	} catch (error) {
		if (error instanceof UserError) return [error.message];
		throw error;
	}
}

/**
 * Checks before anything is installed that `npm run test:all` finds its programs.
 *
 * @param {string[]} args the command line
 * @throws UserError with the commands that install what is missing
 */
export function requirePrograms(args) {
	if (!args.includes('--all')) return;
	const messages = [findServers, findChromium].flatMap(complaintsOf);
	if (messages.length > 0)
		throw new UserError([...messages, '`npm test` needs none of this.'].join('\n\n'));
}
