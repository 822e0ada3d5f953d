import { type Received } from './file.rules.js';
import { HttpCommand, IdentifiesPerson, Name } from '#libs/shell/nest';
import { THING_ID } from '#libs/engine/event-sourcing';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { ApplicationAct } from '../core/application-act.js';
import { FILE_ACTS } from './file.table.js';

const MOST_BYTES = 1_073_741_824;

/** A file that came in: the server found out everything but the material and the name. */
@ApplicationAct(FILE_ACTS.HandInFile)
export class HandInFile extends HttpCommand {
  declare readonly type: 'HandInFile';
  /** What it is, in the words of the matter's list. */
  @Name()
  material!: string;
  @IdentifiesPerson()
  @Name()
  fileName!: string;
  @Name()
  mediaType!: string;
  @Max(MOST_BYTES)
  @Min(1)
  @IsInt()
  bytes!: number;
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;
}

export type ReuseFacts = {
  /** The file in the earlier application; null if the caller may use none. */
  readonly earlier: Received | null;
};

@ApplicationAct(FILE_ACTS.ReuseFile)
export class ReuseFile extends HttpCommand<ReuseFacts> {
  declare readonly type: 'ReuseFile';
  /** What it is now, in the words of the matter's list. */
  @Name()
  material!: string;
  /** The earlier application. */
  @Matches(THING_ID)
  application!: string;
  /** Number of the document in the earlier application. */
  @Matches(/^[1-9]\d{0,3}$/)
  document!: string;
}

export type FileCommand = HandInFile | ReuseFile;
