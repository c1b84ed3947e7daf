import { findServers } from '../program/find-programs.mjs';

/**
 * Checks before anything is installed that queue mode finds its programs.
 *
 * @param {string[]} args the command line
 * @throws UserError with the commands that install what is missing
 */
export function requirePrograms(args) {
	if (args.includes('--queue')) findServers();
}
