import type { Row } from './row.mts';
import { automatic } from './rows/automatic.mts';
import { againstBareClient, exchanges, manyItems, memory } from './rows/creation.mts';
import { genuine, genuineLikeOthers, lazyGenuine, lazyRefused, refused } from './rows/delivery.mts';
import { loading, tarball } from './rows/package.mts';
import { signatureCheck } from './rows/signature.mts';
import { waiting } from './rows/waiting.mts';

/** The table, from top to bottom. */
export const rows: Row[] = [
	...automatic,
	againstBareClient,
	manyItems,
	memory,
	exchanges,
	genuine,
	genuineLikeOthers,
	refused,
	lazyGenuine,
	lazyRefused,
	signatureCheck,
	waiting,
	loading,
	tarball,
];
