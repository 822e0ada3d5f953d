import { nextRoundOf } from '#libs/county/project';
import { type Day } from '#libs/law/calendar';
import { APPLICATION_STREAM, type ApplicationRunner } from '../application/application.runner.token.js';
import { type ApplicationState } from '../application/application.state.js';
import { isOpenToNextRound, standingOf } from '../permit/rounds.rules.js';

type Applications = Pick<ApplicationRunner, 'load'>;

/** An application as it stands. */
export type Round = { readonly application: string; readonly state: ApplicationState };

/** Every time that a matter of a project was applied for, oldest first; the first only, `absent`, where it never was. */
export async function roundsOf(
  applications: Applications,
  first: string,
  day: Day,
): Promise<readonly [Round, ...Round[]]> {
  const rounds: [Round, ...Round[]] = [await roundAt(applications, first)];
  for (let last: Round = rounds[0]; isOver(last, day);) {
    const next = await roundAt(applications, nextRoundOf(last.application));
    if (next.state.at === 'absent') break;
    rounds.push(next);
    last = next;
  }
  return rounds;
}

/** The last of them: what became of it is what became of the matter. */
export async function latestRound(applications: Applications, first: string, day: Day): Promise<Round> {
  const rounds = await roundsOf(applications, first, day);
  return rounds.at(-1) ?? rounds[0];
}

/** Under which id a matter can be applied for on a day; null while an application runs, or what it granted is in force. */
export async function roundToSubmit(
  applications: Applications,
  first: string,
  day: Day,
): Promise<string | null> {
  const last = await latestRound(applications, first, day);
  if (last.state.at === 'absent') return last.application;
  return isOver(last, day) ? nextRoundOf(last.application) : null;
}

const isOver = ({ state }: Round, day: Day): boolean =>
  state.at !== 'absent' && isOpenToNextRound(standingOf(state), day);

async function roundAt(applications: Applications, application: string): Promise<Round> {
  const { state } = await applications.load(APPLICATION_STREAM + application);
  return { application, state };
}
