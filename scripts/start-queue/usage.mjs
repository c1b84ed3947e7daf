export { USAGE } from '../start/usage.mjs';
