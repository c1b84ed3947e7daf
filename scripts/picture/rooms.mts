/** A part of the house, as one box of the picture. */
export interface Room {
	/** The box's id, and its place in the repository. */
	name: string;
	/** What it is for, in a few words. */
	purpose: string;
	/** Which files are in it. */
	files: RegExp;
	/** Whether it is in the package that people install. */
	isPublished: boolean;
}

const published = (name: string, purpose: string, files: RegExp): Room => ({
	name,
	purpose,
	files,
	isPublished: true,
});
const atHome = (name: string, purpose: string): Room => ({
	name,
	purpose,
	files: new RegExp(`^${name}/`),
	isPublished: false,
});

/** From top to bottom, as they are drawn. A file is in the first room that it fits. */
export const ROOMS: readonly Room[] = [
	published(
		'nodes/TransactionLinkTrigger',
		'the trigger node: from bytes to an event',
		/^nodes\/TransactionLinkTrigger\//,
	),
	published(
		'nodes/TransactionLink/operation',
		'what an operation is',
		/^nodes\/TransactionLink\/operation\.ts$/,
	),
	published(
		'nodes/TransactionLink/resources',
		'one file an operation',
		/^nodes\/TransactionLink\/resources\//,
	),
	published(
		'nodes/TransactionLink/fields',
		'fields that operations share',
		/^nodes\/TransactionLink\/fields\//,
	),
	published(
		'nodes/TransactionLink/items',
		'an operation over many items',
		/^nodes\/TransactionLink\/items\//,
	),
	published(
		'nodes/TransactionLink',
		'the action node: panel and dispatch',
		/^nodes\/TransactionLink\/[^/]+$/,
	),
	published('credentials', 'the credential', /^credentials\//),
	published(
		'nodes/shared/api',
		'the client: requests and errors in words',
		/^nodes\/shared\/api\//,
	),
	published(
		'nodes/shared/authentication',
		'credential, sign-in, token renewal',
		/^nodes\/shared\/authentication\//,
	),
	published(
		'nodes/shared/contract',
		'what TransactionLink documents',
		/^nodes\/shared\/contract\//,
	),
	published('nodes/shared/fields', 'kinds of fields', /^nodes\/shared\/fields\//),
	published('nodes/shared/http', 'HTTP through n8n', /^nodes\/shared\/http\//),
	published('nodes/shared/json', 'reading unknown JSON', /^nodes\/shared\/json\.ts$/),
	atHome('scripts', 'start, demo, test, record'),
	atHome('sandbox', 'a local TransactionLink'),
];

/** The folders in which those files are. */
export const FOLDERS = ['credentials', 'nodes', 'sandbox', 'scripts'];

/**
 * Finds the room of a file.
 *
 * @param file its path in the repository
 * @throws when it is in none, so that no new folder is missing from the picture
 */
export function roomOf(file: string): Room {
	const room = ROOMS.find(({ files }) => files.test(file));
	if (room === undefined)
		throw new Error(
			`${file} is in no room of the picture. Give it one in scripts/picture/rooms.mts.`,
		);
	return room;
}
