// That of n8n-core: other packages may bring their own.
module.exports = globalThis.requireOnce('@n8n/di', 'n8n-core');
