import { createHash, randomBytes } from 'node:crypto';
import { type WrittenMatter } from '#libs/law/catalogue';
import {
  parseDepartments,
  parseMatters,
  parseTemplates,
  PublishMatter,
  PublishTemplate,
  ReviseMatter,
} from '#libs/law/catalogue/http';
import {
  systemActor,
  systemMeta,
  canonicalJson,
  CommandIdReused,
  type EventStore,
  type Receipt,
  RuleViolation,
  StaleRevision,
  defined,
  eventAt,
} from '#libs/engine/event-sourcing';
import { PROJECT_STREAM } from '#libs/county/project';
import { EstablishDepartment, OpenAccount, RegisterOrganisation } from '#libs/county/identity/http';
import {
  contentDigest,
  importLog,
  type ImporterDependencies,
  type ImportProgress,
  type ImportReport,
  lastImport,
  loadMapping,
} from '#libs/shell/log-import';
import { bodyReader, type Clock, type HttpCommand, SystemClock } from '#libs/shell/nest';
import { type CommandBus } from '@nestjs/cqrs';
import { type Logger } from 'pino';
import { DEMO_ACCOUNTS, DEMO_ORGANISATION, type DemoAccount } from './demo-accounts.js';
import { dataFile, type DataReader, PROJECT_DATA } from './project-files.js';

/**
 * `catalogue`: departments, matters and templates; `none`: and demo accounts; `sample`: and the sample log; `county`: demo
 * accounts and a simulated county; `demo`: and both.
 */
export const SEED_MODES = ['demo', 'county', 'sample', 'none', 'catalogue'] as const;
export type SeedMode = (typeof SEED_MODES)[number];

/** The modes that play a simulated county, which `playDemoCounty` does after `seed`. */
export const playsCounty = (mode: SeedMode): boolean => mode === 'county' || mode === 'demo';

const loadsSample = (mode: SeedMode): boolean => mode === 'sample' || mode === 'demo';

/** Of the demo's simulated county: another than `ops simulate` plays when nothing is said. */
export const DEMO_SEED = 521;
/** Correlation ids of the projects that a first start may bring. */
const FROM_A_FIRST_START = ['import/receipt', `simulation/${DEMO_SEED}`];

interface OpenedAccount {
  readonly name: string;
  readonly role: string;
  readonly password: string;
}

export interface SeedDependencies {
  readonly commands: CommandBus;
  readonly eventStore: EventStore;
  readonly logger: Logger;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Departments, matters and templates. Default: this project's data/. */
  readonly data?: DataReader;
}

export interface SeedOptions {
  readonly mode: SeedMode;
  /**
   * Where the passwords of accounts opened just now go, before the long work begins. They are kept nowhere: this is the
   * one moment to show them.
   */
  readonly print?: (line: string) => void;
  /** For temporary files of the import. */
  readonly workDirectory?: string;
  /** Stops between two commands; `seed` then returns what it has, and the next start continues. */
  readonly signal?: AbortSignal;
}

export interface Seeded {
  /** Accounts opened just now, with their passwords. */
  readonly accounts: readonly OpenedAccount[];
  /** Entries of the files that the log has with other content: what was published stays. */
  readonly kept: readonly string[];
  /** Null when the sample was not asked for, is all there, or was interrupted. */
  readonly imported: ImportReport | null;
}

/** Acts that no person did. */
export const SYSTEM = systemActor('system');

const establishDepartment = bodyReader(EstablishDepartment);
const publishMatter = bodyReader(PublishMatter);
const reviseMatter = bodyReader(ReviseMatter);
const publishTemplate = bodyReader(PublishTemplate);
const openAccount = bodyReader(OpenAccount);
const registerOrganisation = bodyReader(RegisterOrganisation);

/** Refusals that say: it is there, and a person has changed it since. */
const KEPT = [
  'organisation.exists',
  'department.exists',
  'matter.exists',
  'matter.abolished',
  'template.exists',
];
const isKept = (error: unknown): boolean =>
  error instanceof StaleRevision || (error instanceof RuleViolation && KEPT.includes(error.code));

/**
 * Loads what a new installation needs, but for the simulated county, all of it through commands. May run at every start and after a crash half way:
 * what is there adds nothing, and what a person changed since stays as it is.
 * @throws CatalogueFileError, MappingError when a file of data/ is wrong; LogFormatError, StoreUnavailable
 */
export async function seed(dependencies: SeedDependencies, options: SeedOptions): Promise<Seeded> {
  const { commands, eventStore, clock = new SystemClock(), data = PROJECT_DATA } = dependencies;
  const importer: ImporterDependencies = {
    execute: (command) => commands.execute<Receipt>(command),
    events: eventStore,
    now: () => new Date(clock.now()).toISOString(),
  };
  const seeder = new Seeder(importer, data);
  const seeded = (imported: ImportReport | null): Seeded => ({
    accounts: seeder.opened,
    kept: seeder.kept,
    imported,
  });
  try {
    await seeder.catalogue();
    if (options.mode !== 'catalogue') await seeder.accounts(options.print);
    return seeded(
      loadsSample(options.mode) ? await importSample(importer, dependencies.logger, options) : null,
    );
  } catch (error) {
    // Stopped: the results of the last commands, from closing stores, do not matter.
    if (options.signal?.aborted) return seeded(null);
    throw error;
  }
}

function tellPasswords(accounts: readonly OpenedAccount[], print: (line: string) => void): void {
  if (accounts.length === 0) return;
  const width = Math.max(...accounts.map(({ name }) => name.length));
  print('Demo accounts and their passwords, shown this once:');
  for (const { name, password } of accounts) print(`  ${name.padEnd(width)}  ${password}`);
}

class Seeder {
  readonly kept: string[] = [];
  readonly opened: OpenedAccount[] = [];

  constructor(
    private readonly dependencies: ImporterDependencies,
    private readonly data: DataReader,
  ) {}

  async catalogue(): Promise<void> {
    const departments = await this.data.file('departments.yaml');
    await this.all(
      parseDepartments(departments.name, departments.text).map(({ id, ...body }) =>
        this.command('department', id, establishDepartment(body), body),
      ),
    );
    const matters = await this.data.folder('catalogue');
    await Promise.all(
      matters
        .flatMap(({ name, text }) => parseMatters(name, text))
        .map((matter) => this.inOrder(this.versionsOf(matter))),
    );
    const templates = await this.data.folder('templates');
    await this.all(
      templates
        .flatMap(({ name, text }) => parseTemplates(name, text))
        .map(({ code, ...body }) =>
          this.command('template', code, publishTemplate({ id: code, ...body }), body),
        ),
    );
  }

  /** The first version is published, each later one a revision of the one before and of no other. */
  private versionsOf({ code, versions }: WrittenMatter): readonly HttpCommand[] {
    return versions.map(({ matter, reason }, index) => {
      const { code: _, ...body } = matter;
      if (reason === null) return this.command('matter', code, publishMatter({ id: code, ...body }), body);
      const content = { ...body, reason };
      const command = this.command('matter', code, reviseMatter(content), content);
      command.meta = { ...command.meta, expectedRevision: BigInt(index - 1) };
      return command;
    });
  }

  /** Opens the demo accounts that are not there. A closed one stays closed. */
  async accounts(print: (line: string) => void = () => undefined): Promise<void> {
    const outcomes = await Promise.allSettled(DEMO_ACCOUNTS.map((account) => this.account(account)));
    // Also when one failed: otherwise the passwords of the others would be lost.
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled' && outcome.value !== null) this.opened.push(outcome.value);
    }
    tellPasswords(this.opened, print);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    await this.organisation();
  }

  /** Registers the organisation of the demo's applicant, once: what a person corrected since stays. */
  private async organisation(): Promise<void> {
    const { id } = DEMO_ORGANISATION;
    if ((await eventAt(this.dependencies.events, `organisation-${id}`, 0n)) !== null) return;
    await this.inOrder([this.command('organisation', id, registerOrganisation(DEMO_ORGANISATION), {})]);
  }

  private async account({
    name,
    displayName,
    role,
    department,
    post,
    creditCode,
  }: DemoAccount): Promise<OpenedAccount | null> {
    if ((await eventAt(this.dependencies.events, `account-${name}`, 0n)) !== null) return null;
    const password = randomBytes(12).toString('base64url');
    const staff = department === null || post === null ? {} : { department, post };
    const command = openAccount({ displayName, role, password, ...staff, ...defined({ creditCode }) });
    try {
      await this.dependencies.execute(this.command('account', name, command, {}));
    } catch (error) {
      // Another process that seeds the same store was quicker.
      if (error instanceof CommandIdReused) return null;
      if (error instanceof RuleViolation && error.code === 'account.exists') return null;
      throw error;
    }
    return { name, role, password };
  }

  /** Commands on different streams: side by side they share commits. */
  private async all(commands: readonly HttpCommand[]): Promise<void> {
    await Promise.all(commands.map((command) => this.inOrder([command])));
  }

  /** Commands on one stream. Where a person has changed it since, the rest is left out. */
  private async inOrder(commands: readonly HttpCommand[]): Promise<void> {
    for (const command of commands) {
      try {
        await this.dependencies.execute(command);
      } catch (error) {
        if (!isKept(error)) throw error;
        this.kept.push(command.id);
        return;
      }
    }
  }

  /** The command id holds the content, so that a changed file is another command and not a wrong repetition. */
  private command(kind: string, id: string, command: HttpCommand, content: object): HttpCommand {
    const digest = createHash('sha256')
      .update(canonicalJson(content) ?? '')
      .digest('hex')
      .slice(0, 16);
    command.id = id;
    command.meta = systemMeta({
      ...{ commandId: `seed/${kind}/${id}/${digest}`, correlationId: 'seed' },
      ...{ actor: SYSTEM, now: this.dependencies.now() },
    });
    return command;
  }
}

/** How often the progress of the import is logged. */
const TELL_EVERY_MS = 2_000;

/** The sample log, unless the log of events says that this very file was imported. */
async function importSample(
  importer: ImporterDependencies,
  logger: Logger,
  { workDirectory, signal }: SeedOptions,
): Promise<ImportReport | null> {
  const file = dataFile('receipt.csv.gz');
  const mapping = await loadMapping(dataFile('mappings', 'receipt.yaml'));
  const last = await lastImport(importer.events, mapping.log);
  // Whatever the mapping was then: what an earlier release imported stays as it is.
  if (last?.bad === 0 && last.digest === (await contentDigest(file))) return null;
  if (last === null && (await holdsOthers(importer.events))) {
    logger.warn({ log: mapping.log }, 'the log holds projects already: the sample log is not mixed in');
    return null;
  }
  let told = performance.now();
  const onProgress = ({ phase, done, total }: ImportProgress): void => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    logger.info({ log: mapping.log, phase, done, total }, 'importing the sample log');
  };
  let report: ImportReport;
  try {
    report = await importLog(file, mapping, importer, {
      actor: SYSTEM,
      onProgress,
      onBad: (bad) => logger.warn({ log: mapping.log, ...bad }, 'bad row'),
      ...defined({ workDirectory, signal }),
    });
  } catch (error) {
    if (!(error instanceof CommandIdReused)) throw error;
    logger.warn(
      { log: mapping.log },
      'an earlier release has begun the sample log in another way: it stays as it is',
    );
    return null;
  }
  const { rows, cases, events, badRows } = report;
  logger.info({ log: mapping.log, rows, cases, events, badRows }, 'the sample log is imported');
  return report;
}

/** Whether the first project on record is of another origin than a first start: then what is shown would be mixed into real work. */
export async function holdsOthers(events: EventStore): Promise<boolean> {
  for await (const { stream, metadata } of events.readAll(null)) {
    if (stream.startsWith(PROJECT_STREAM)) return !FROM_A_FIRST_START.includes(metadata.correlationId);
  }
  return false;
}
