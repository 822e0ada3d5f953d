export { UniqueValues } from './unique-values.js';
