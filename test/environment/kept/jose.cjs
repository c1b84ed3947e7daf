module.exports = globalThis.requireOnce('jose');
