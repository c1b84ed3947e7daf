import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../json';

/** A stream of bytes, as n8n accepts it for a file. */
export type Stream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Uint8Array
>;

/** Whether a body is a stream that can be read and destroyed. */
export function isStream(body: unknown): body is Stream {
	return isObject(body) && typeof body.destroy === 'function' && Symbol.asyncIterator in body;
}
