import { projection } from '#libs/engine/event-sourcing';
import { type FileEvent } from '../intake/file.events.js';
import { type HeldFile, heldFile } from '../intake/file.state.js';

/** A file of an application, who handed it in and when. */
export type ShownFile = HeldFile & {
  /** When it was handed in, ISO instant. */
  readonly handedInAt: string;
  /** Id of the person who handed it in. */
  readonly handedInBy: string;
  /** Where it was handed in before (免提交); left out where it came with this application. */
  readonly reusedFrom?: {
    /** The earlier application. */
    readonly application: string;
    /** Its number there. */
    readonly document: string;
  };
};

/** The files of one application. */
export type FilesDocument = {
  readonly id: string;
  readonly project: string;
  /** Of all its files, each once: contents that nobody names are found by them. */
  readonly digests: readonly string[];
  readonly files: readonly ShownFile[];
};

/** Files of applications, found by application and by digest. */
export const applicationFiles = projection<FilesDocument, FileEvent>({
  name: 'application-files',
  version: 1,
  model: 'application-files',
  indexes: { digest: { equals: ['digests'] } },
  keys: (event) => [event.data.application],
  create: { MaterialFileHandedIn: (event) => withFile(null, event) },
  update: { MaterialFileHandedIn: withFile },
});

type HandedIn = Parameters<
  NonNullable<Parameters<typeof projection<FilesDocument, FileEvent>>[0]['create']['MaterialFileHandedIn']>
>[0];

function withFile(before: FilesDocument | null, { data, metadata }: HandedIn): FilesDocument {
  const { reusedFrom } = data;
  const file: ShownFile = {
    ...heldFile(data),
    handedInAt: metadata.occurredAt,
    handedInBy: metadata.actor.person,
    ...(reusedFrom && { reusedFrom }),
  };
  return {
    id: data.application,
    project: data.project,
    digests: [...new Set([...(before?.digests ?? []), file.sha256])],
    files: [...(before?.files ?? []), file],
  };
}
