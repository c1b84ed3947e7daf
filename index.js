'use strict';

// For programs that require this package. n8n reads the paths in package.json instead.
module.exports = {
	...require('./dist/credentials/TransactionLinkApi.credentials.js'),
	...require('./dist/nodes/TransactionLink/TransactionLink.node.js'),
	...require('./dist/nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.js'),
};
