export { imports } from './import.projection.js';
