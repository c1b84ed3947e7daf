/** The bytes of a file. `destroy` closes a file on disk. */
export type FileBytes = Iterable<Uint8Array> | (AsyncIterable<Uint8Array> & { destroy(): unknown });

/** A file to send. */
export interface FormFile {
	name: string;
	/** Its MIME type. */
	type: string;
	/** In bytes. */
	size: number;
	/** Opens the file from its start, each time. */
	open(): Promise<FileBytes>;
}

/** A file as the request library reads it: name, type and size, and `stream` once for each attempt. */
class FilePart {
	readonly name: string;

	readonly type: string;

	readonly size: number;

	private readonly file: FormFile;

	private opened: FileBytes[] = [];

	constructor(file: FormFile) {
		this.name = file.name;
		this.type = file.type;
		this.size = file.size;
		this.file = file;
	}

	async *stream(): AsyncGenerator<Uint8Array> {
		const bytes = await this.file.open();
		this.opened.push(bytes);
		yield* bytes;
	}

	/** Ends a pending attempt, and with it its request. */
	close(): void {
		for (const bytes of this.opened.splice(0)) {
			if ('destroy' in bytes) bytes.destroy();
		}
	}
}

/**
 * A multipart form whose files are read while they are sent, so that no whole file is in memory, and read again when
 * the request is repeated.
 *
 * n8n's request helper accepts any object that looks like the platform's `FormData` (by `append`, its name and its
 * entries), and calls `stream()` of each file. The real `FormData` keeps files in memory, and a stream could be sent
 * only once.
 */
export class Form {
	readonly [Symbol.toStringTag] = 'FormData';

	private readonly parts: Array<[string, string | FilePart]> = [];

	append(name: string, value: string | FormFile): void {
		this.parts.push([name, typeof value === 'string' ? value : new FilePart(value)]);
	}

	entries(): IterableIterator<[string, string | FilePart]> {
		return this.parts.values();
	}

	[Symbol.iterator](): IterableIterator<[string, string | FilePart]> {
		return this.entries();
	}

	/** The bytes of its files. */
	get size(): number {
		return this.files().reduce((sum, { size }) => sum + size, 0);
	}

	/** The texts, and the names of the files. */
	values(): string[] {
		return this.parts.map(([, value]) => (typeof value === 'string' ? value : value.name));
	}

	/** Closes open files: a request that ended early does not read its files to the end. */
	close(): void {
		for (const file of this.files()) file.close();
	}

	private files(): FilePart[] {
		return this.parts.flatMap(([, value]) => (typeof value === 'string' ? [] : [value]));
	}
}
