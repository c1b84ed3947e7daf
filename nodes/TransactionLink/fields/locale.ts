import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

/** A language, and a region or a script where wanted (BCP 47, as far as it is in use). */
export const LOCALE = /^[a-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|\d{3}))?$/;

export const LOCALE_EXPECTED =
	'Enter a language such as en, or a language with a region such as sv-SE';

export const localeField: INodeProperties = {
	displayName: 'Language',
	name: 'locale',
	type: 'string',
	required: true,
	default: 'en',
	placeholder: 'e.g. sv-SE',
	description: 'The language that the end user sees, with a region if need be',
};

/**
 * Reads the locale for one item.
 *
 * @throws NodeOperationError when it has another form
 */
export function readLocale(item: ItemContext): string {
	const value: unknown = item.context.getNodeParameter('locale', item.index, 'en');
	const locale = typeof value === 'string' ? value.trim() : '';
	if (locale === '') throw validationError(item, 'Language', 'is empty', LOCALE_EXPECTED);
	if (!LOCALE.test(locale))
		throw validationError(item, 'Language', 'is not the code of a language', LOCALE_EXPECTED);
	return locale;
}
