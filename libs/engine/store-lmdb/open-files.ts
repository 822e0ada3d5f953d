import { statSync } from 'node:fs';

/** Files as they were when they were opened: device and inode name a file for as long as it exists. */
export class OpenFiles {
  private readonly known: readonly (readonly [path: string, identity: string])[];

  /** @throws when one of them is not there */
  constructor(paths: readonly string[]) {
    this.known = paths.map((path) => {
      const identity = identityOf(path);
      if (identity === null) throw new Error(`${path} went away while it was opened`);
      return [path, identity];
    });
  }

  /** What has become of the first that is not what it was; null while all are. */
  difference(): string | null {
    for (const [path, identity] of this.known) {
      const present = presentIdentity(path);
      if (present instanceof Error) return `${path} cannot be looked at any more (${present.message})`;
      if (present === null) return `${path} was removed while it was in use`;
      if (present !== identity) return `${path} was replaced by another while it was in use`;
    }
    return null;
  }
}

/** Null if the file does not exist. */
export function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? null : `${found.dev}_${found.ino}`;
}

function presentIdentity(path: string): string | null | Error {
  try {
    return identityOf(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
