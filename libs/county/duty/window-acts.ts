/** An act of the window on an application, by the last part of its address. */
export const WINDOW_ACTS = [
  'approval',
  'refusal',
  'acceptance',
  'deficient-acceptance',
  'acceptance-refusal',
  'immediate-completion',
  'closure',
] as const;
export type WindowAct = (typeof WINDOW_ACTS)[number];

/** Acts that are the window's own office until its department reserves them. */
export const OWN_ACTS = [
  'acceptance',
  'deficient-acceptance',
  'acceptance-refusal',
  'immediate-completion',
  'closure',
] as const satisfies readonly WindowAct[];
export type OwnAct = (typeof OWN_ACTS)[number];

export function isOwnAct(act: WindowAct): act is OwnAct {
  return (OWN_ACTS as readonly WindowAct[]).includes(act);
}

export const ACT_ZH: Readonly<Record<WindowAct, string>> = {
  approval: '准予许可',
  refusal: '不予许可',
  acceptance: '受理',
  'deficient-acceptance': '容缺受理',
  'acceptance-refusal': '不予受理',
  'immediate-completion': '即办',
  closure: '办结',
};

/** The act that a command is, by the command's name; a command that is not in it decides nothing. */
export const ACT_OF_COMMAND: ReadonlyMap<string, WindowAct> = new Map([
  ['ApproveApplication', 'approval'],
  ['RefuseApplication', 'refusal'],
  ['AcceptApplication', 'acceptance'],
  ['AcceptWithDeficiency', 'deficient-acceptance'],
  ['RefuseAcceptance', 'acceptance-refusal'],
  ['CompleteImmediately', 'immediate-completion'],
  ['CloseApplication', 'closure'],
]);
