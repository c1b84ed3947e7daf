module.exports = globalThis.requireOnce('eslint');
