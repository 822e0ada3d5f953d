import { Name } from '#libs/shell/nest';
import { Matches } from 'class-validator';

/** An event of the log, as a caller names it as evidence. */
export class EventReference {
  @Name()
  stream!: string;
  /** Place in the stream, counted from "0". */
  @Matches(/^(0|[1-9]\d{0,14})$/)
  revision!: string;
}
