import { type DomainEvent, type PersonalText } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** A file as the log names it: its content is kept under its digest, outside of the log. */
export type MaterialFile = {
  /** What its sender calls it; sealed, since names of files often name a person. */
  readonly name: PersonalText;
  /** What its content was found to be. */
  readonly mediaType: string;
  /** Size of the content. */
  readonly bytes: number;
  /** Digest of the content, in hexadecimal digits. */
  readonly sha256: string;
};

/** A material was handed in as a file, or one of an earlier application of the same applicant was taken for it (免提交). */
export type MaterialFileHandedIn = DomainEvent<
  'MaterialFileHandedIn',
  1,
  Id & {
    /** Its number in the application, from 1. */
    readonly document: string;
    readonly material: string;
    /** Under whose key the file's name is sealed. */
    readonly applicant: string;
    readonly file: MaterialFile;
    /** Where the file was handed in before; left out where it came with this application. */
    readonly reusedFrom?: { readonly application: string; readonly document: string };
  }
>;

export type FileEvent = MaterialFileHandedIn;
