export { openMongoPersonalKeys, openMongoReadStore } from './open-mongodb.js';
