import { field, required, type Field, type Reader } from '../../shared/fields/field';
import { readCompact, textProperty, type Shown } from '../../shared/fields/text';

/** A language, with an optional script and region (the commonly used part of BCP 47). */
const LOCALE = /^[a-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|\d{3}))?$/;

const readLocale: Reader<string | undefined> = (value, reading) => {
	const locale = readCompact(value, reading);
	if (locale === undefined || LOCALE.test(locale)) return locale;
	throw reading.reject('is not the code of a language');
};

const languageCode = (shown: Omit<Shown, 'label'>): Field<string | undefined> =>
	field(
		textProperty({ ...shown, label: 'Language' }),
		'Enter a language such as en, or a language with a region such as sv-SE',
		readLocale,
	);

/** The language of an execution (required). */
export const localeField = required(
	languageCode({
		name: 'locale',
		default: 'en',
		placeholder: 'sv-SE',
		description: 'The language that the end user sees, optionally with a region',
	}),
);

/** The language of a link or a widget token. */
export const languageField = languageCode({
	name: 'language',
	placeholder: 'sv',
	description:
		'The language that the end user sees. Leave it empty for the language of the definition.',
});
