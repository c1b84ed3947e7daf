/** The bytes of a file, from its beginning. Where they come off a disk, `destroy` lets go of it. */
export type FileBytes = Iterable<Uint8Array> | (AsyncIterable<Uint8Array> & { destroy(): unknown });

/** A file to be sent. */
export interface FormFile {
	name: string;
	/** Its MIME type. */
	type: string;
	/** In bytes. */
	size: number;
	/** Opens it, from its beginning each time. */
	open(): Promise<FileBytes>;
}

/** A file as the request library reads it: name, type and size, and `stream` once for each sending. */
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

	/** A sending that was under way breaks off, and so does its request. */
	close(): void {
		for (const bytes of this.opened.splice(0)) {
			if ('destroy' in bytes) bytes.destroy();
		}
	}
}

/**
 * A multipart form whose files are read while they are sent, so that none is ever wholly in memory, and read
 * again when the request has to be repeated.
 *
 * n8n's request helper takes what looks like the platform's `FormData` (by `append`, its name and its entries),
 * and asks each file for `stream()`. The real `FormData` holds files in memory, and a stream could be sent once.
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

	/** Lets go of whatever is still open: a request that ended early does not read its files to the end. */
	close(): void {
		for (const file of this.files()) file.close();
	}

	private files(): FilePart[] {
		return this.parts.flatMap(([, value]) => (typeof value === 'string' ? [] : [value]));
	}
}
