const WORDS = new Set(
	(
		'aborted accepted action active approval approved await awaiting canceled cancelled case changed closed ' +
		'complete completed created customer declined done draft ended error event execution expired failed finished ' +
		'hold in incomplete initiated input new on open paused pending process processing progress queued ready ' +
		'record rejected result resumed review run running scheduled started state status step submitted succeeded ' +
		'success suspended terminated timeout under update updated user verification waiting workflow'
	).split(' '),
);

/** Whether a status or an event contains only words listed here, such as `workflow.statusChanged` or `IN_REVIEW`. */
export function isOfProgramWords(text: string): boolean {
	const words = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
	return words.split(/[ ._:-]/).every((word) => WORDS.has(word));
}
