import { field, type Field, type Reader } from './field';
import { readCompact } from './text';
import { defined } from '../json';

/** Removes what mail programs add to an address: `Nathan <a@b.com>`, `"a@b.com"`, `mailto:a@b.com`, `a@b.com;`. */
function unwrapped(text: string): string {
	const bare = text.replace(/[\s;,]+$/, '');
	const [, bracketed] = /^[^<>]*<([^<>]*)>$/.exec(bare) ?? [];
	const [, quoted] = /^(?:"([^"]*)"|'([^']*)')$/.exec(bare)?.filter(Boolean) ?? [];
	const address = (bracketed ?? quoted ?? bare).trim().replace(/^[='`*]+/, '');
	return address.replace(/^mailto:/i, '').trim();
}

/** The part of RFC 5321 that mail servers accept: an unquoted name, and a domain with at least two labels. */
const NAME = /^(?!\.)(?!.*\.\.)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}(?<!\.)$/u;
const DOMAIN =
	/^(?:(?!-)[\p{L}\p{M}\p{N}-]{1,63}(?<!-)\.)+(?!\d+$)[\p{L}\p{M}\p{N}-]{2,63}(?<!-)$/u;
const LONGEST = 254;

/** The longest address with a name that is examined. */
const LONGEST_WRAPPED = 1_000;

function isAddress(text: string): boolean {
	const [name = '', domain = '', ...more] = text.split('@');
	return text.length <= LONGEST && more.length === 0 && NAME.test(name) && DOMAIN.test(domain);
}

export const readEmail: Reader<string | undefined> = (value, reading) => {
	const text = readCompact(value, reading);
	if (text === undefined) return undefined;
	if (text.length > LONGEST_WRAPPED) throw reading.reject('is not an e-mail address');
	const address = unwrapped(text);
	if (address === '') return undefined;
	// Links encode some characters, and only their own program knows which.
	if (/%[\da-f]{2}/i.test(address) || !isAddress(address))
		throw reading.reject('is not an e-mail address');
	return address;
};

/** A field for one e-mail address, without what mail programs add to it. */
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
