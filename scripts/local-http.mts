import { Agent } from 'node:http';

import axios from 'axios';

/**
 * Sends requests to servers on this machine: without a proxy, and on a new connection for each request, because a
 * server may close a kept connection just as it is used again.
 */
export const localHttp = axios.create({
	proxy: false,
	httpAgent: new Agent({ keepAlive: false }),
});
