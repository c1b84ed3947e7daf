// The error that stops the node lists what the requests of the other items did.

import { openAccount, type Account } from './account.mts';
import { createObjects, everyOperation, itemWithFile } from './every-operation.mts';
import { errorOf } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});

it('lists the finished changes of each operation in the error of a later item', async () => {
	const items = [await itemWithFile(), await itemWithFile()];
	const changes = everyOperation(await createObjects(account)).filter(
		({ effect }) => effect !== 'none',
	);
	for (const { operationId, parameters } of changes) {
		const { resource, operation } = parameters;
		await account.fault({ operationId, kind: 'status', status: 400, every: 2 });
		const { context } = errorOf(
			await account.run({ ...parameters, options: { itemsAtOnce: 1 } }, { items }),
		);
		expect({ resource, operation, data: context['data'] }).toEqual({
			resource,
			operation,
			data: { createdForOtherItems: [expect.objectContaining({ itemIndex: 0 })] },
		});
	}
});
