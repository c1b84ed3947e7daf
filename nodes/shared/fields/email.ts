import { field, type Field, type Reader } from './field';
import { readCompact } from './text';
import { defined } from '../json';

/** What mail programs put around an address: `Nathan <a@b.com>`, `"a@b.com"`, `mailto:a@b.com`, `a@b.com;`. */
function unwrapped(text: string): string {
	const bare = text.replace(/[\s;,]+$/, '');
	const [, bracketed] = /^[^<>]*<([^<>]*)>$/.exec(bare) ?? [];
	const [, quoted] = /^(?:"([^"]*)"|'([^']*)')$/.exec(bare)?.filter(Boolean) ?? [];
	const address = (bracketed ?? quoted ?? bare).trim().replace(/^[='`*]+/, '');
	return address.replace(/^mailto:/i, '').trim();
}

/** RFC 5321, as far as mail servers take it: an unquoted name, and a domain of at least two labels. */
const NAME = /^(?!\.)(?!.*\.\.)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}(?<!\.)$/u;
const DOMAIN =
	/^(?:(?!-)[\p{L}\p{M}\p{N}-]{1,63}(?<!-)\.)+(?!\d+$)[\p{L}\p{M}\p{N}-]{2,63}(?<!-)$/u;
const LONGEST = 254;

/** With a name around it. Nothing longer is looked at more closely. */
const LONGEST_WRAPPED = 1_000;

function isAddress(text: string): boolean {
	const [name = '', domain = '', ...more] = text.split('@');
	return text.length <= LONGEST && more.length === 0 && NAME.test(name) && DOMAIN.test(domain);
}

export const readEmail: Reader<string | undefined> = (value, place) => {
	const text = readCompact(value, place);
	if (text === undefined) return undefined;
	if (text.length > LONGEST_WRAPPED) throw place.reject('is not an e-mail address');
	const address = unwrapped(text);
	if (address === '') return undefined;
	// In a link, signs are encoded: which ones, only the link's own program knows.
	if (/%[\da-f]{2}/i.test(address) || !isAddress(address))
		throw place.reject('is not an e-mail address');
	return address;
};

/** A field for one e-mail address. What mail programs put around it is removed. */
export function emailField(description?: string): Field<string | undefined> {
	return field(
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'name@email.com',
			...defined({ description }),
		},
		'Enter one address, such as name@email.com',
		readEmail,
	);
}
