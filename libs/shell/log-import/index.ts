export { LogFormatError } from './log-record.js';
export { contentDigest } from './log-file.js';
export { MappingError } from './mapping.js';
export { loadMapping, parseMapping } from './mapping-reader.js';
export {
  type Difference,
  type ImportOptions,
  type ImportProgress,
  type ImportReport,
  type ImporterDependencies,
} from './import-options.js';
export { ImportWatch } from './import-watch.js';
export { importLog, lastImport } from './importer.js';
