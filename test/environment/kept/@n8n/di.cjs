// n8n-core's copy, because other packages may depend on another version.
module.exports = globalThis.requireOnce('@n8n/di', 'n8n-core');
