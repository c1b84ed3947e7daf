import { SAMPLE_USERS } from '../../definitions.mts';
import { json } from '../response.mts';
import { orNotFound } from '../error.mts';
import type { Handler } from '../../sandbox.mts';

const PAGE_SIZE = 20;

/** `GET /organizations/users`: a page of the users, counted from 0. */
export const getUsers: Handler = ({ query }) => {
	const [number, size] = [Number(query['page'] ?? 0), Number(query['size'] ?? PAGE_SIZE)];
	const totalElements = SAMPLE_USERS.length;
	const content = SAMPLE_USERS.slice(number * size, (number + 1) * size);
	const totalPages = Math.ceil(totalElements / size);
	return json(200, { content, totalElements, totalPages, size, number });
};

/** `GET /organizations/users/{userId}`: one of them. */
export const getUser: Handler = ({ parameters: { userId = '' } }) =>
	json(
		200,
		orNotFound(
			SAMPLE_USERS.find(({ id }) => id === userId),
			'user',
			userId,
		),
	);
