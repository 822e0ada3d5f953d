export {
  type DataReader,
  PROJECT_DATA,
  dataFile,
  projectRoot,
  readDataFile,
  readDataFolder,
} from './project-files.js';
export {
  DEMO_SEED,
  holdsOthers,
  playsCounty,
  SEED_MODES,
  SYSTEM,
  seed,
  type Seeded,
  type SeedMode,
} from './seed.js';
