'use strict';

// What a program gets that requires this package: the built classes, under their own names. n8n itself reads
// the paths in package.json instead.
module.exports = {
	...require('./dist/credentials/TransactionLinkApi.credentials.js'),
	...require('./dist/nodes/TransactionLink/TransactionLink.node.js'),
	...require('./dist/nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.js'),
};
