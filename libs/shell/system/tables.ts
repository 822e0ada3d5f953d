import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SignalPolicy, signalPolicy } from '#libs/county/approval';
import { calendarFrom } from '#libs/law/calendar';
import { type SessionSchedule, sessionSchedule } from '#libs/county/coordination';
import { lawCatalogue, type LawCatalogue } from '#libs/law/citations';
import { type RequestTerms, requestTerms } from '#libs/county/requests';
import { dataFile } from '#libs/shell/seeding';
import { supervisionPolicies, type Tables } from '#libs/county/supervision';
import { parse } from 'yaml';
import { type Config, InvalidConfig } from './config.js';

/** What the read models rest on, and what only acts and policies go by. */
export type CountyTables = Tables & {
  readonly signals: SignalPolicy;
  readonly sessions: SessionSchedule;
  readonly requests: RequestTerms;
  readonly laws: LawCatalogue;
};

/**
 * The tables that instants are computed by, from data/holidays and data/policies or where the configuration says. Read
 * once, at start: another table is another version of the read models that rest on it.
 * @throws InvalidConfig naming file and field
 */
export async function readTables(
  config: Pick<Config, 'holidaysFile' | 'policiesDirectory'> & Partial<Pick<Config, 'lawsFile'>> = {
    holidaysFile: null,
    policiesDirectory: null,
  },
): Promise<CountyTables> {
  const holidays = config.holidaysFile ?? dataFile('holidays', 'overrides.yaml');
  const policies = config.policiesDirectory ?? dataFile('policies');
  const overrides = await readYaml('HOLIDAYS_FILE', holidays);
  const escalation = await readYaml('POLICIES_DIR', join(policies, 'escalation.yaml'));
  const stepLimits = await readYaml('POLICIES_DIR', join(policies, 'step-limits.yaml'));
  const permits = await readYaml('POLICIES_DIR', join(policies, 'permits.yaml'));
  const signals = await readYaml('POLICIES_DIR', join(policies, 'signals.yaml'));
  const sessions = await readYaml('POLICIES_DIR', join(policies, 'joint-review.yaml'));
  const requests = await readYaml('POLICIES_DIR', join(policies, 'requests.yaml'));
  const { lawsFile: ownLaws = null } = config;
  const shippedLaws = dataFile('laws.yaml');
  const laws = await readYaml('LAWS_FILE', shippedLaws);
  const own = ownLaws === null ? [] : [await readYaml('LAWS_FILE', ownLaws)];
  return {
    calendar: checked('HOLIDAYS_FILE', holidays, () => calendarFrom(overrides)),
    policies: checked('POLICIES_DIR', policies, () => supervisionPolicies(escalation, stepLimits, permits)),
    signals: checked('POLICIES_DIR', policies, () => signalPolicy(signals)),
    sessions: checked('POLICIES_DIR', policies, () => sessionSchedule(sessions)),
    requests: checked('POLICIES_DIR', policies, () => requestTerms(requests)),
    laws: checked('LAWS_FILE', ownLaws ?? shippedLaws, () => lawCatalogue(laws, ...own)),
  };
}

async function readYaml(variable: string, path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new InvalidConfig(
      variable,
      `${path}: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
    );
  }
}

function checked<Result>(variable: string, path: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidConfig(variable, `${path}: ${error.message}`);
    throw error;
  }
}
