export {
  type DataReader,
  PROJECT_DATA,
  dataFile,
  projectRoot,
  readDataFile,
  readDataFolder,
} from './project-files.js';
export { SYSTEM, seed, type Seeded } from './seed.js';
