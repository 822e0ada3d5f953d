import { type LogProblem } from '#libs/shell/system';

/** What is damaged, in one line: the positions, the stream where it is known, and how. */
export function textOf({ position, to, stream, reason }: LogProblem): string {
  const positions =
    to === null || to === position ? `position ${position}` : `positions ${position} to ${to}`;
  return `${positions}${stream === null ? '' : `, stream ${stream}`}: ${reason}`;
}
