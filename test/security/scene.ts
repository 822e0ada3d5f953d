import { type Person } from './people.js';
import { type World } from './world.js';

/** A person of the table, signed in or not. */
export type Walker = Omit<Person, 'id'> & { readonly id: string | null };

/** What has to be there so that a command is lawful, and what its body says. */
export interface Scene {
  /** The thing must have been there for a month: a term of it is over. */
  readonly early?: true;
  /** Makes a new thing in the state that the act needs and returns its id. Absent if the command makes it. */
  readonly thing?: (world: World, walker: Walker) => Promise<string>;
  readonly body?: (world: World, id: string, walker: Walker) => object | Promise<object>;
  /** Where the event goes, where its stream is not named by the thing. */
  readonly stream?: string;
  /** Its body is a file, and it answers 201. */
  readonly isFile?: true;
  /** The account that acts, where it is one made for this act. */
  readonly actor?: (id: string, walker: Walker) => string | null;
}

export type Scenes = Readonly<Record<string, Scene>>;
