import { type ReadModels } from '#libs/engine/event-sourcing';
import { applicationFiles, type FilesDocument, type ShownFile } from './files.projection.js';

type Models = Pick<ReadModels, 'get' | 'find'>;

/** The files of an application; none where none was handed in. */
export async function filesOf(models: Models, application: string): Promise<readonly ShownFile[]> {
  return (await models.get<FilesDocument>(applicationFiles, application))?.files ?? [];
}

/** By its number in the application, or by the digest of its content. */
export const fileIn = (files: readonly ShownFile[], named: string): ShownFile | null =>
  files.find(({ document, sha256 }) => document === named || sha256 === named) ?? null;

/** Whether an event names a content. */
export async function isContentNamed(models: Models, sha256: string): Promise<boolean> {
  const { items } = await models.find<FilesDocument>(applicationFiles, {
    index: 'digest',
    equals: { digests: sha256 },
    limit: 1,
  });
  return items.length > 0;
}
