import { closeSync, fdatasync, fstatSync, openSync } from 'node:fs';
import {
  LogDamaged,
  PersonalKeysDamaged,
  ReadModelsDamaged,
  StoreBroken,
  StoreFull,
  type StoreFault,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';
import { commitErrorOf, messageOf } from './commit-error.js';
import { type DiskReserve, DiskSpace, inMegabytes } from './disk-space.js';
import { OpenFiles } from './open-files.js';
import { type EnvironmentFiles } from './environment-users.js';
import { RoomInFile } from './room-in-file.js';

const LOOK_EVERY_MS = 1_000;
/** LMDB's own error numbers are negative; this one means an error that it cannot undo. */
const MDB_PANIC = -30795;

export interface DataDiskOptions {
  /** Default: 64 MB or 2 % of the file system, whichever is smaller. Never less than 4 MB. */
  readonly reserve?: DiskReserve | null;
  /** Called once, when it happens: the process has to end. */
  readonly onBroken?: (error: StoreBroken) => void;
}

/** How the disk under the data is at the moment. */
export interface DiskState {
  readonly freeBytes: number;
  readonly reserveBytes: number;
  /** Why nothing is written; null while writing goes on. */
  readonly refuses: string | null;
}

/** The part of the reserve that read models leave alone: what was acknowledged last can still be folded into them. */
const READ_MODELS_LEAVE = 0.5;

/**
 * With less than so much above the reserve, the room for a write is taken from the file system before LMDB writes: nobody fills
 * more within the time that its answer is believed.
 */
const SCARCE_BYTES = 1 << 30;
/** Most that is taken ahead for one write. What asks for more counts pages that it rarely writes. */
const AHEAD_BYTES = 32 << 20;

/** The files of an environment that is open, as the disk looks after them. */
export interface WatchedFiles {
  /** Sets room aside for a write to the log. @throws StoreFull, StoreBroken */
  mustHaveRoom(bytes: number): void;
  /** Reserves room for work that can also be done later; false when there is no room. @throws StoreBroken */
  hasRoom(bytes: number): boolean;
  /** Sets room aside for a write to the read models. @throws StoreFull, StoreBroken */
  mustHaveRoomForReadModels(bytes: number): void;
  /** To be asked before what was written is acknowledged. @throws StoreBroken when its data are not the file that was opened */
  mustBeTheSame(): void;
  /** Bytes of its data: more than that no write makes anew of what there is. */
  size(): number;
  /** Something was written that lmdb flushes by itself, without reporting a failure. */
  wroteUnflushed(): void;
  release(): void;
}

/**
 * Looks after the disk under the embedded stores of a process: that it is never filled, that the files are those that were
 * opened, and that what the kernel could not write is noticed. Once something is wrong for good, every call says so.
 */
export class DataDisk {
  private readonly space: DiskSpace;
  private readonly watched = new Set<Watch>();
  private timer: NodeJS.Timeout | null = null;
  private broken: StoreBroken | null = null;

  constructor(
    directory: string,
    private readonly options: DataDiskOptions = {},
  ) {
    this.space = new DiskSpace(directory, options.reserve ?? null);
  }

  /** @throws StoreBroken once it is */
  mustBeSound(): void {
    if (this.broken) throw this.broken;
  }

  /** Asks for room for files that are not open yet: all of the reserve is left. @throws StoreFull, StoreBroken */
  mustHaveRoom(bytes: number): void {
    this.mustTake(bytes, 1);
  }

  /** The same, leaving the part of the reserve that read models leave. @throws StoreFull, StoreBroken */
  mustHaveRoomForReadModels(bytes: number): void {
    this.mustTake(bytes, READ_MODELS_LEAVE);
  }

  /** Runs a write that takes room before it is needed. @throws StoreFull, StoreBroken */
  takeAhead(write: () => void): void {
    try {
      write();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOSPC' && code !== 'EDQUOT')
        throw this.break(`writing to the disk failed: ${messageOf(error)}`, 'input-output', error);
      throw new StoreFull('lmdb', shortage(this.space.space()));
    }
  }

  /**
   * What a write that lmdb has refused comes to. That the disk refused it is the end: LMDB's memory may be damaged (see
   * docs/gotchas.md), and the kernel may have dropped what it could not write.
   */
  async failed(
    error: unknown,
  ): Promise<StoreUnavailable | LogDamaged | ReadModelsDamaged | PersonalKeysDamaged> {
    if (error instanceof StoreUnavailable || error instanceof PersonalKeysDamaged) return error;
    if (error instanceof LogDamaged || error instanceof ReadModelsDamaged) return error;
    const reason = (await commitErrorOf(error)) ?? error;
    const message = messageOf(reason);
    if (isOfTheDisk(reason)) return this.break(`a commit failed: ${message}`, 'input-output', reason);
    return new StoreUnavailable('lmdb', message, { cause: reason });
  }

  /** @param usedBytes how far LMDB has come in the data file; null for a file that is not LMDB's */
  watch(
    { folder, data, lock }: EnvironmentFiles,
    readOnly: boolean,
    usedBytes: (() => number) | null = null,
  ): WatchedFiles {
    const watch: Watch = {
      room: readOnly || usedBytes === null ? null : new RoomInFile(data, usedBytes),
      data: new OpenFiles([data]),
      around: new OpenFiles([folder, lock]),
      // The kernel reports a failed write once to each handle of the file.
      handle: readOnly ? null : openSync(data, 'r+'),
      unflushed: false,
    };
    this.watched.add(watch);
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
    const take = (bytes: number, partOfReserve: number) => {
      this.mustTakeIn(watch, bytes, partOfReserve);
    };
    return {
      mustHaveRoom: (bytes) => {
        take(bytes, 1);
      },
      hasRoom: (bytes) => {
        try {
          take(bytes, 1);
          return true;
        } catch (error) {
          if (error instanceof StoreFull) return false;
          throw error;
        }
      },
      mustHaveRoomForReadModels: (bytes) => {
        take(bytes, READ_MODELS_LEAVE);
      },
      mustBeTheSame: () => {
        this.mustBeSound();
        this.mustNotDiffer(watch.data);
      },
      size: () => (watch.handle === null ? 0 : fstatSync(watch.handle).size),
      wroteUnflushed: () => {
        watch.unflushed = true;
      },
      release: () => this.release(watch),
    };
  }

  state(): DiskState {
    try {
      const room = this.space.space();
      const isTight = room.freeBytes < room.reserveBytes;
      return { ...room, refuses: this.broken?.reason ?? (isTight ? shortage(room) : null) };
    } catch (error) {
      return { freeBytes: 0, reserveBytes: 0, refuses: this.broken?.reason ?? messageOf(error) };
    }
  }

  private mustTake(bytes: number, partOfReserve: number): void {
    this.mustBeSound();
    let isTaken: boolean;
    try {
      isTaken = this.space.take(bytes, partOfReserve);
    } catch (error) {
      this.mustAllBeTheSame();
      throw new StoreUnavailable('lmdb', `cannot ask how much room there is: ${messageOf(error)}`, {
        cause: error,
      });
    }
    if (isTaken) return;
    const needed = `${inMegabytes(bytes)} are needed, `;
    throw new StoreFull('lmdb', needed + shortage(this.space.space()));
  }

  /** Where room is scarce, what the file system promised is taken at once: another process may fill the disk before LMDB writes. */
  private mustTakeIn({ room }: Watch, bytes: number, partOfReserve: number): void {
    this.mustTake(bytes, partOfReserve);
    if (room === null || !this.space.isScarce(SCARCE_BYTES)) return;
    this.takeAhead(() => {
      room.ensure(Math.min(bytes, AHEAD_BYTES));
    });
  }

  private look(): void {
    if (this.broken) return;
    try {
      this.mustAllBeTheSame();
    } catch (error) {
      // `onBroken` was called, and every call throws this from now on.
      if (error instanceof StoreBroken) return;
      throw error;
    }
    for (const watch of this.watched) {
      if (!watch.unflushed || watch.handle === null) continue;
      watch.unflushed = false;
      fdatasync(watch.handle, (error) => {
        if (error && this.watched.has(watch))
          this.break(`writing to the disk failed: ${error.message}`, 'input-output', error);
      });
    }
  }

  private mustAllBeTheSame(): void {
    for (const { data, around } of this.watched) {
      this.mustNotDiffer(data);
      this.mustNotDiffer(around);
    }
  }

  private mustNotDiffer(files: OpenFiles): void {
    const difference = files.difference();
    if (difference !== null) throw this.break(difference, 'other-data');
  }

  private break(reason: string, fault: StoreFault, cause?: unknown): StoreBroken {
    if (this.broken) return this.broken;
    this.broken = new StoreBroken('lmdb', reason, fault, cause === undefined ? undefined : { cause });
    this.options.onBroken?.(this.broken);
    return this.broken;
  }

  private release(watch: Watch): void {
    if (!this.watched.delete(watch)) return;
    if (watch.handle !== null) closeSync(watch.handle);
    watch.room?.close();
    if (this.watched.size > 0 || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }
}

interface Watch {
  /** Null where nothing is written by LMDB. */
  readonly room: RoomInFile | null;
  readonly data: OpenFiles;
  readonly around: OpenFiles;
  readonly handle: number | null;
  unflushed: boolean;
}

function shortage({ freeBytes, reserveBytes }: { freeBytes: number; reserveBytes: number }): string {
  return `${inMegabytes(freeBytes)} are free on the disk, and ${inMegabytes(reserveBytes)} are kept in reserve (DISK_RESERVE)`;
}

/**
 * Errors of the system have positive numbers in lmdb, and the name of the call in node. One that lmdb has lost the reason of may be
 * any.
 */
function isOfTheDisk(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('commitError' in error || ('syscall' in error && error.syscall === 'write')) return true;
  return 'code' in error && typeof error.code === 'number' && (error.code > 0 || error.code === MDB_PANIC);
}
