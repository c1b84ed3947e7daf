/** The user has to change something. The message says what. */
export class UserError extends Error {}
