import { ACTS } from '#libs/county/approval';

type Rows = typeof ACTS;
type PathOf<Window> = {
  [Type in keyof Rows]: Rows[Type]['window'] extends Window ? Rows[Type]['path'] : never;
}[keyof Rows];

/** An act of the window on an application that decides something, by the last part of its address. */
export type WindowAct = PathOf<'own' | 'delegated'>;
/** An act that is the window's own office until its department reserves it. */
export type OwnAct = PathOf<'own'>;

const ROWS = Object.values(ACTS).flatMap((row) => (row.window === null ? [] : [row]));

export const WINDOW_ACTS: readonly WindowAct[] = ROWS.map(({ path }) => path);

export const OWN_ACTS: readonly OwnAct[] = ROWS.flatMap((row) => (row.window === 'own' ? [row.path] : []));

export function isOwnAct(act: WindowAct): act is OwnAct {
  return OWN_ACTS.some((own) => own === act);
}

/** What an act of the window is called in both languages. */
export function windowActNames(act: WindowAct): { readonly actZh: string; readonly actEn: string } {
  const { zh = act, en = act } = ROWS.find(({ path }) => path === act) ?? {};
  return { actZh: zh, actEn: en };
}

/** The act that a command is, by the command's name; a command that is not in it decides nothing. */
export const ACT_OF_COMMAND: ReadonlyMap<string, WindowAct> = new Map(
  ROWS.map(({ type, path }) => [type, path]),
);
