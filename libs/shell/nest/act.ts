import {
  type CommandMeta,
  type FACTS,
  type Needs,
  PERSONAL_FIELDS,
  type Receipt,
  SENT_FIELDS,
} from '#libs/engine/event-sourcing';
import { type Role } from '#libs/shell/roles';
import { Command } from '@nestjs/cqrs';
import { checkedProperties } from './class-metadata.js';
import { personalFieldsOf } from './personal-fields.js';

export interface ActDefinition<Type extends string = string> {
  /** The command's name, as `decide` switches on it. */
  readonly type: Type;
  /** Last part of the URL, the legal act: POST /applications/{id}/acceptance. Empty for the collection itself. */
  readonly path: string;
  readonly roles: readonly Role[];
  /** One line for OpenAPI, Chinese term first. */
  readonly summary: string;
  /** The article of law the act rests on, as cited. */
  readonly article?: string;
}

/**
 * A command as it comes over HTTP: its own fields are the body, checked by class-validator; `id` is the thing in the
 * URL; `meta` is who, when and why. Fields are declared, not initialised, so that only what the caller sent is there.
 * `Facts` is what its rules need in addition, see `lookup`; left out when they need nothing.
 */
export abstract class HttpCommand<Facts = unknown> extends Command<Receipt> implements Needs<Facts> {
  declare readonly [FACTS]?: Facts;
  declare readonly type: string;
  declare id: string;
  declare meta: CommandMeta;

  get [SENT_FIELDS](): ReadonlySet<string> {
    return sentFields(this.constructor as HttpCommandClass);
  }

  get [PERSONAL_FIELDS](): ReadonlySet<string> {
    return personalFieldsOf(this.constructor as HttpCommandClass);
  }
}

/** The same command with other values in some of its fields; the one that was sent stays as it is. */
export function withFields<Command extends HttpCommand>(
  command: Command,
  fields: Readonly<Partial<Command>>,
): Command {
  const copy = Object.create(Object.getPrototypeOf(command) as object) as Command;
  const changed = Object.getOwnPropertyDescriptors({ ...fields });
  Object.defineProperties(copy, { ...Object.getOwnPropertyDescriptors(command), ...changed });
  return copy;
}

export type HttpCommandClass = (new () => HttpCommand) & { prototype: HttpCommand };

const sentBySystem = new WeakMap<object, Set<string>>();
const knownSentFields = new WeakMap<object, ReadonlySet<string>>();

/** A field that the import or a timer fills in, never a caller over HTTP: it still counts as part of what was sent. */
export function SentBySystem(): PropertyDecorator {
  return (prototype, field) => {
    const fields = sentBySystem.get(prototype) ?? new Set();
    sentBySystem.set(prototype, fields.add(String(field)));
  };
}

/** What the sender of a command fills in: its id, the fields of the body, and those that the system sends. */
function sentFields(command: HttpCommandClass): ReadonlySet<string> {
  const known = knownSentFields.get(command);
  if (known !== undefined) return known;
  const ofTheBody = checkedProperties(command).map(({ name }) => name);
  const fields = new Set(['id', ...ofTheBody, ...(sentBySystem.get(command.prototype) ?? [])]);
  knownSentFields.set(command, fields);
  return fields;
}

const acts = new WeakMap<object, ActDefinition>();

/** Declares the legal act of a command class: its route, who may do it, and its name. */
export function Act<Type extends string>(definition: ActDefinition<Type>) {
  return (target: abstract new () => { readonly type: Type }): void => {
    Object.defineProperty(target.prototype, 'type', { value: definition.type });
    acts.set(target, definition);
  };
}

export function actOf(command: object): ActDefinition {
  const act = acts.get(command);
  if (!act) throw new Error(`${String((command as { name?: string }).name)} has no @Act`);
  return act;
}
