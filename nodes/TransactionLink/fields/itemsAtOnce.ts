import { collectionField } from '../../shared/fields/collection';
import { numberField } from '../../shared/fields/number';

const itemsAtOnce = numberField({
	name: 'itemsAtOnce',
	label: 'Items at Once',
	description:
		'How many items are sent to TransactionLink at the same time. Choose fewer when it asks you to slow down.',
	default: 16,
	min: 1,
	max: 64,
	isWhole: true,
});

/** Options that every operation has: they are about the node's way through its items, and the same for all. */
export const optionsField = collectionField(
	{ name: 'options', label: 'Options', button: 'Add Option' },
	[itemsAtOnce],
	(context) => ({ itemsAtOnce: itemsAtOnce.read(context) }),
);
