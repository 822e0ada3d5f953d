import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withLatestTime, withMaterials } from '../core/fold.js';
import { type FileEvent, type MaterialFile, type MaterialFileHandedIn } from './file.events.js';

/** One file of an application. */
export type HeldFile = MaterialFile & {
  /** Its number in the application, from 1. */
  readonly document: string;
  /** What it is, in the words of the matter's list. */
  readonly material: string;
};

/** The files of an application in order of their numbers; left out while there are none. */
export type WithFiles = { readonly files?: readonly HeldFile[] };

export const heldFile = ({ document, material, file }: MaterialFileHandedIn['data']): HeldFile => ({
  ...file,
  document,
  material,
});

export const FILE_FOLD: Fold<FileEvent, SubmittedApplication & WithFiles> = {
  MaterialFileHandedIn: (state, event) => ({
    ...state,
    ...withLatestTime(state, event),
    ...withMaterials(state, { data: { materials: [event.data.material] } }),
    files: [...(state.files ?? []), heldFile(event.data)],
  }),
};
