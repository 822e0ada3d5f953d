import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CounterHours, type NumberRules, type SignalSettings } from '#libs/county/approval';
import { calendarFrom } from '#libs/law/calendar';
import { type SessionSchedule } from '#libs/county/coordination';
import { lawCatalogue, type LawCatalogue } from '#libs/law/citations';
import { type Questionnaire, questionnaireOf } from '#libs/law/catalogue';
import { type RequestTerms } from '#libs/county/requests';
import { dataFile } from '#libs/shell/seeding';
import {
  readDocumentNumbers,
  readEscalation,
  readOfficeHours,
  readPermits,
  readRequests,
  readSessions,
  readSignals,
  readStepLimits,
} from '#libs/shell/settings';
import { supervisionSettings, type Tables } from '#libs/county/supervision';
import { parse } from 'yaml';
import { type Config } from './config.js';
import { InvalidConfig } from './invalid-config.js';

/** What the read models rest on, and what only acts and policies go by. */
export type CountyTables = Tables & {
  readonly signals: SignalSettings;
  readonly numbers: NumberRules;
  readonly sessions: SessionSchedule;
  readonly requests: RequestTerms;
  readonly counterHours: CounterHours;
  readonly laws: LawCatalogue;
  readonly questionnaire: Questionnaire;
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
  const policy = async <Settings>(name: string, read: (content: unknown) => Settings): Promise<Settings> => {
    const content = await readYaml('POLICIES_DIR', join(policies, name));
    return checked('POLICIES_DIR', policies, () => read(content));
  };
  const escalation = await policy('escalation.yaml', readEscalation);
  const stepLimits = await policy('step-limits.yaml', readStepLimits);
  const permits = await policy('permits.yaml', readPermits);
  const signals = await policy('signals.yaml', readSignals);
  // A directory of policies from before numbers were counted has no such file.
  const ownNumbers = join(policies, 'document-numbers.yaml');
  const numbersFile = existsSync(ownNumbers) ? ownNumbers : dataFile('policies', 'document-numbers.yaml');
  const numbers = await readYaml('POLICIES_DIR', numbersFile);
  const sessions = await policy('joint-review.yaml', readSessions);
  const requests = await policy('requests.yaml', readRequests);
  const counterHours = await policy('office-hours.yaml', readOfficeHours);
  const { lawsFile: ownLaws = null } = config;
  const shippedLaws = dataFile('laws.yaml');
  const laws = await readYaml('LAWS_FILE', shippedLaws);
  const own = ownLaws === null ? [] : [await readYaml('LAWS_FILE', ownLaws)];
  const questions = dataFile('questionnaire.yaml');
  const questionnaire = await readYaml('questionnaire', questions);
  return {
    questionnaire: checked('questionnaire', questions, () => questionnaireOf(questionnaire)),
    calendar: checked('HOLIDAYS_FILE', holidays, () => calendarFrom(overrides)),
    settings: supervisionSettings(escalation, stepLimits, permits),
    signals,
    numbers: checked('POLICIES_DIR', numbersFile, () => readDocumentNumbers(numbers)),
    sessions,
    requests,
    counterHours,
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
