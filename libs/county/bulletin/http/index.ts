export { BulletinModule } from './bulletin.module.js';
