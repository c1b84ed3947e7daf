import { NodeApiError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { mayLeadTo } from '../../../shared/http/address';
import { codeIn, type Attempt } from '../../../shared/http/attempt';
import { counted, download, TOO_LONG } from '../../../shared/http/download';
import { header, type Response } from '../../../shared/http/response';
import { settle } from '../../../shared/http/settle';
import { isStream, type Stream } from '../../../shared/http/stream';

/** A file, as TransactionLink lists it. */
export interface ListedFile {
	name: string;
	/** Its MIME type and size; undefined if the list does not contain them. */
	type: string | undefined;
	size: number | undefined;
}

const FROM_DASHBOARD =
	'Download the attachment from the TransactionLink dashboard, and report it to TransactionLink';

/** Messages do not contain the address, because anyone can open the file with it. */
function downloadError(
	context: IExecuteFunctions,
	message: string,
	description: string,
	{ code, status, retryable = false }: { code: string; status?: number; retryable?: boolean },
): NodeApiError {
	const httpCode = status === undefined ? '' : String(status);
	const error = new NodeApiError(context.getNode(), {}, { message, description, httpCode });
	Object.assign(error.context, { code, retryable });
	return error;
}

function notAFile(context: IExecuteFunctions, { status }: Response): NodeApiError {
	const code = `HTTP_${status}`;
	if (status >= 300 && status < 400) {
		return downloadError(
			context,
			`The download address pointed to another address (status ${status})`,
			`Redirects are not followed. ${FROM_DASHBOARD}.`,
			{ code, status },
		);
	}
	if (status >= 500 || status === 408 || status === 429) {
		return downloadError(
			context,
			`The host of the download did not return the file (status ${status})`,
			'Run the node again in a few minutes.',
			{ code, status, retryable: true },
		);
	}
	return downloadError(
		context,
		`The download address no longer works (status ${status})`,
		'Run the node again: it gets a new address.',
		{ code, status, retryable: true },
	);
}

function interrupted(context: IExecuteFunctions, code: string): NodeApiError {
	return downloadError(
		context,
		'The host of the download did not send the whole file',
		`Check the network of this n8n, then run the node again.${code === '' ? '' : ` (${code})`}`,
		{ code: code || 'NO_RESPONSE', retryable: true },
	);
}

function anotherFile(context: IExecuteFunctions, got: string, listed: string): NodeApiError {
	return downloadError(
		context,
		'The host of the download sent something other than the listed file',
		`Run the node again. If it happens again: ${FROM_DASHBOARD}. Listed: ${listed}. Received: ${got}.`,
		{ code: 'DOWNLOAD_MISMATCH', retryable: true },
	);
}

function opened(context: IExecuteFunctions, attempt: Attempt): { stream: Stream; type: string } {
	if (attempt.kind === 'notSent') {
		throw downloadError(
			context,
			'n8n does not let this node open the download address',
			attempt.error.message,
			{ code: attempt.error.reason },
		);
	}
	if (attempt.kind === 'network') throw interrupted(context, attempt.code);
	const { response } = attempt;
	const stream = isStream(response.body) ? response.body : undefined;
	if (stream === undefined || response.status < 200 || response.status > 299) {
		stream?.destroy();
		throw notAFile(context, response);
	}
	const type = (header(response, 'content-type') ?? '').split(';')[0] ?? '';
	return { stream, type: type.trim().toLowerCase() };
}

const isPage = (type: string | undefined): boolean => /html/i.test(type ?? '');

/**
 * Downloads a file from the time-limited address that TransactionLink returned.
 *
 * @param link on any host; the credential is not sent there
 * @param baseUrl of TransactionLink
 * @returns the file, stored in n8n; if the list contains its size, it has exactly that size
 * @throws NodeApiError with a message for the user when the file cannot be downloaded
 */
export async function downloadFile(
	context: IExecuteFunctions,
	link: string,
	baseUrl: string,
	{ name, type: listedType, size }: ListedFile,
): Promise<IBinaryData> {
	if (!mayLeadTo(baseUrl, link)) {
		throw downloadError(
			context,
			'TransactionLink returned a download address that cannot be opened',
			`Only addresses that start with https:// are opened. ${FROM_DASHBOARD}.`,
			{ code: 'DOWNLOAD_ADDRESS' },
		);
	}
	const { stream, type } = opened(context, await download(context, link, size));
	if (isPage(type) && listedType !== undefined && !isPage(listedType)) {
		stream.destroy();
		throw anotherFile(context, 'a web page', 'a file');
	}
	const bytes = counted(stream, size);
	const stored = await settle(
		context.helpers.prepareBinaryData(bytes.stream, name, listedType ?? (type || undefined)),
	);
	if ('reason' in stored) {
		stream.destroy();
		const code = codeIn(stored.reason);
		if (code === TOO_LONG) throw anotherFile(context, 'more', `${size ?? 0} bytes`);
		throw interrupted(context, code);
	}
	if (size !== undefined && bytes.count() !== size)
		throw anotherFile(context, `${bytes.count()} bytes`, `${size} bytes`);
	return stored.result;
}
