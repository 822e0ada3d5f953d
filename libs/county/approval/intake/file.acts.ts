import { type Decide } from '../core/deciding.js';
import { idOf, type SubmittedApplication } from '../core/facts.js';
import { type FileCommand } from './file.commands.js';
import { type FileEvent, type MaterialFile, type MaterialFileHandedIn } from './file.events.js';
import { earlierFileMustBeTheirs, fileMustBeNew, filesMustBeFew } from './file.rules.js';
import { type WithFiles } from './file.state.js';

function handedIn(
  state: SubmittedApplication & WithFiles,
  material: string,
  file: MaterialFile,
): MaterialFileHandedIn {
  fileMustBeNew(state, material, file.sha256);
  filesMustBeFew(state);
  return {
    type: 'MaterialFileHandedIn',
    version: 1,
    data: {
      ...idOf(state),
      document: `${(state.files?.length ?? 0) + 1}`,
      material,
      applicant: state.applicant,
      file,
    },
  };
}

export const FILE_DECISIONS: Decide<FileCommand, FileEvent, SubmittedApplication & WithFiles> = {
  HandInFile: (state, { material, fileName: name, mediaType, bytes, sha256 }) => [
    handedIn(state, material, { name, mediaType, bytes, sha256 }),
  ],
  ReuseFile: (state, { material, application, document }, _, { earlier }) => {
    const file = earlierFileMustBeTheirs(state, { application, document }, earlier);
    const event = handedIn(state, material, file);
    return [{ ...event, data: { ...event.data, reusedFrom: { application, document } } }];
  },
};
