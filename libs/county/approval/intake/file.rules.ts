import { cited, licensing } from '#libs/law/citations';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { type MaterialFile } from './file.events.js';
import { FILE_MESSAGES } from './file.messages.js';
import { type WithFiles } from './file.state.js';

const refuse = refusing(FILE_MESSAGES);

/** A file that an earlier application has. */
export type Received = { readonly applicant: string; readonly file: MaterialFile };

const MOST_FILES = 200;

export function filesMustBeFew({ application, files = [] }: ApplicationFacts & WithFiles): void {
  if (files.length < MOST_FILES) return;
  refuse('application.too-many-files', { application, most: MOST_FILES }, 'state');
}

/** The same content for the same material is there once. */
export function fileMustBeNew(
  { application, files = [] }: ApplicationFacts & WithFiles,
  material: string,
  sha256: string,
): void {
  const found = files.find((one) => one.material === material && one.sha256 === sha256);
  if (found === undefined) return;
  const { document } = found;
  refuse('application.file-handed-in-before', { application, material, document }, 'state');
}

/** 免提交: what the same applicant handed in before is not asked for again; what another did is nobody's to use. */
export function earlierFileMustBeTheirs(
  { applicant }: ApplicationFacts,
  { application: earlier, document }: { readonly application: string; readonly document: string },
  found: Received | null,
): MaterialFile {
  if (found !== null && found.applicant === applicant) return found.file;
  return refuse('application.no-file-to-reuse', { earlier, document }, 'input', cited(licensing(29)));
}
