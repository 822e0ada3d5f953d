import { createHmac } from 'node:crypto';
import { type SlotStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type HttpProblem, retryLater } from '#libs/shell/nest';
import { MemorySlots } from './memory-slots.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The limits of guessing. Documented in docs/how-to/operate.md. */
const TRY_LIMITS = {
  /** Wrong tries at one name from one source before the first pause. */
  free: 5,
  /** The first pause; each wrong try after it doubles the next, up to the longest. */
  firstPauseMs: MINUTE_MS,
  longestPauseMs: 15 * MINUTE_MS,
  /** Wrong tries of one source at one name are forgotten after this long without another. */
  forgottenMs: HOUR_MS,
  /** Wrong tries at one name from everywhere in an hour, after which each source has one try before its pause. */
  nameInAnHour: 300,
  /** Wrong tries from one address at any names in ten minutes. */
  addressInTenMinutes: 60,
} as const;

/** Who tries: at which name, and from where. */
export interface Trier {
  readonly name: string;
  /** An address group; or a device that has signed in under this name before, which strangers cannot slow down. */
  readonly source: { readonly address: string } | { readonly device: string };
}

/** Wrong tries under one key, and the instant of the last one, or that at which counting began. */
interface Tries {
  readonly count: number;
  readonly at: number;
}

const NONE: Tries = { count: 0, at: 0 };

/** Slots a kind of key is kept in: a bound for what a flood of names and addresses can fill. */
const SLOTS = 65_536;

/**
 * Wrong attempts to give a password, shared by all processes on one read store. A key has one slot, chosen by a keyed hash; a
 * slot keeps the last key that came to it. So the store stays bounded, and a flood can make attempts be forgotten but never
 * slow down another person. While the store is unavailable, each process counts for itself.
 */
export class SignInTries {
  private readonly own = new MemorySlots();

  constructor(
    private readonly shared: SlotStore,
    private readonly secret: Uint8Array,
  ) {}

  /**
   * Counts an attempt as wrong until `succeeded` is called, so that many at once cannot evade it.
   * @throws HttpProblem 429
   */
  async begin(trier: Trier, now: number): Promise<void> {
    const isStranger = 'address' in trier.source;
    if (isStranger) await this.addressMustBeFree(trier.source.address, now);
    const isCrowded =
      isStranger && (await this.countOf('name', trier.name, now, HOUR_MS)) >= TRY_LIMITS.nameInAnHour;
    let waitMs = 0;
    await this.change('pair', pairOf(trier), (held) => {
      const tries = now - held.at < TRY_LIMITS.forgottenMs ? held : NONE;
      waitMs = tries.at + pauseAfter(tries.count, isCrowded ? 1 : TRY_LIMITS.free) - now;
      return waitMs > 0 ? tries : { count: tries.count + 1, at: now };
    });
    if (waitMs > 0) throw tooMany(waitMs);
  }

  /** The password was wrong, or the name unknown. */
  async failed(trier: Trier, now: number): Promise<void> {
    await this.add('name', trier.name, now, HOUR_MS);
    if ('address' in trier.source) await this.add('address', trier.source.address, now, 10 * MINUTE_MS);
  }

  async succeeded(trier: Trier): Promise<void> {
    await this.change('pair', pairOf(trier), () => null);
  }

  private async addressMustBeFree(address: string, now: number): Promise<void> {
    const { count, at } = await this.counted('address', address, now, 10 * MINUTE_MS);
    if (count >= TRY_LIMITS.addressInTenMinutes) throw tooMany(at + 10 * MINUTE_MS - now);
  }

  private async countOf(kind: string, key: string, now: number, windowMs: number): Promise<number> {
    return (await this.counted(kind, key, now, windowMs)).count;
  }

  private async counted(kind: string, key: string, now: number, windowMs: number): Promise<Tries> {
    let found = NONE;
    await this.change(kind, key, (held) => {
      if (now - held.at < windowMs) found = held;
      return held.count === 0 ? null : held;
    });
    return found;
  }

  private async add(kind: string, key: string, now: number, windowMs: number): Promise<void> {
    await this.change(kind, key, (held) =>
      now - held.at < windowMs ? { ...held, count: held.count + 1 } : { count: 1, at: now },
    );
  }

  private async change(kind: string, key: string, change: (held: Tries) => Tries | null): Promise<void> {
    const mark = createHmac('sha256', this.secret).update(`${kind}\0${key}`).digest();
    const slot = `tries-${kind}-${mark.readUInt32BE(0) % SLOTS}`;
    const name = mark.toString('base64url', 4, 20);
    const changeText = (text: string | null) => {
      const [heldName, count, at] = (text ?? '').split(' ');
      const isHeld = heldName === name;
      const tries = change(isHeld ? { count: Number(count), at: Number(at) } : NONE);
      if (tries !== null) return `${name} ${tries.count} ${tries.at}`;
      return isHeld ? null : text;
    };
    try {
      await this.shared.changeSlot(slot, changeText);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.own.change(slot, changeText);
    }
  }
}

function pairOf({ name, source }: Trier): string {
  return 'device' in source ? `${name}\0device\0${source.device}` : `${name}\0address\0${source.address}`;
}

/** How long the next attempt has to wait after `count` wrong ones. */
function pauseAfter(count: number, free: number): number {
  if (count < free) return 0;
  return Math.min(TRY_LIMITS.firstPauseMs * 2 ** (count - free), TRY_LIMITS.longestPauseMs);
}

function tooMany(waitMs: number): HttpProblem {
  const seconds = Math.ceil(waitMs / SECOND_MS);
  return retryLater(429, 'sign-in.too-many', seconds, { seconds });
}
