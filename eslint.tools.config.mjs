// Style of what is not published: sandbox, scripts, benchmark and tests. What is published follows n8n's own rules.

import typescript from 'typescript-eslint';

export default typescript.config(
	{ ignores: ['**/node_modules/', '.cache/', 'dist/', 'nodes/shared/contract/wire.generated.ts'] },
	{
		files: ['sandbox/**/*.mts', 'scripts/**/*.mts', 'bench/**/*.mts', 'test/**/*.mts'],
		extends: [typescript.configs.strict, typescript.configs.stylistic],
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			// An error handler of the web server is known by its fourth argument, used or not.
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			eqeqeq: 'error',
		},
	},
	{
		// Prettier breaks code, but neither comments nor texts.
		files: ['**/*.ts', '**/*.mts'],
		languageOptions: { parser: typescript.parser },
		rules: { 'max-len': ['error', { code: 120, tabWidth: 2 }] },
	},
);
