import { readdirSync, readFileSync } from 'node:fs';
import {
  type Decider,
  type DomainCommand,
  type DomainEvent,
  type Json,
  type StoredEvent,
  Upcasters,
} from '#libs/engine/event-sourcing';
import { foldEvents } from './decider-spec.js';

/** One stored event of one version, kept forever: old logs hold such events, and new code has to read them. */
export interface Golden {
  /** Names of golden events that came before it in its stream, `ApplicationSubmitted.v1`. */
  readonly before: readonly string[];
  readonly event: StoredEvent;
  /** What the stream folds into with it. */
  readonly state: Json;
}

type GoldenFile = Omit<Golden, 'event'> & {
  readonly event: Omit<StoredEvent, 'revision' | 'position'> & {
    readonly revision: string;
    readonly position: string;
  };
};

/** The golden events of a folder, by name: a file for each, `{type}.v{version}.json`. */
export function readGolden(folder: URL): ReadonlyMap<string, Golden> {
  return new Map(
    readdirSync(folder).map((file) => {
      const { before, event, state } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as GoldenFile;
      const name = `${event.type}.v${event.version}`;
      if (file !== `${name}.json`) throw new Error(`${file} holds ${name}`);
      const stored = { ...event, revision: BigInt(event.revision), position: BigInt(event.position) };
      return [name, { before, event: stored, state }] as const;
    }),
  );
}

/** Every version of every event type that an `*.events.ts` declares, older ones too, in order of name. */
export function declaredEvents(eventsFile: URL): readonly string[] {
  const source = readFileSync(eventsFile, 'utf8');
  const names = [...source.matchAll(/DomainEvent<\s*'(\w+)',\s*(\d+),/g)].flatMap(([, type, version]) =>
    Array.from({ length: Number(version) }, (_, index) => `${type}.v${index + 1}`),
  );
  return names.sort();
}

/** Folds a golden event after those it names, each carried up to the version the code knows. */
export function replayGolden<State, Command extends DomainCommand, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  all: ReadonlyMap<string, Golden>,
  { before, event }: Golden,
  upcasters = new Upcasters(),
): State {
  const events = before.map((name) => {
    const earlier = all.get(name);
    if (earlier === undefined) throw new Error(`there is no golden event ${name}`);
    return earlier.event;
  });
  const current = [...events, event].map((each) => upcasters.upcast(each));
  return foldEvents(decider, current as (StoredEvent & Event)[]);
}
