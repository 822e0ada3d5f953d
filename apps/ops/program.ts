import { Command, CommanderError, Option } from 'commander';
import { ROLES } from '#libs/shell/roles';
import { EXIT } from '#libs/shell/exit-codes';
import { type ExportCommandOptions } from './export.command.js';
import { LOG_ENGINES } from './log-engines.js';
import { type ImportCommandOptions } from './import.command.js';
import { type MigrateCommandOptions } from './migrate.command.js';
import { type PruneCommandOptions } from './prune.command.js';
import { type RebuildCommandOptions } from './rebuild.command.js';
import { type SeedCommandOptions } from './seed.command.js';
import { type CommonOptions } from './session.js';
import { type SimulateCommandOptions } from './simulate.command.js';
import { type TokenCommandOptions } from './token.command.js';
import {
  type AddUserOptions,
  type CloseUserOptions,
  type CreditCodeOptions,
  type PasswordOptions,
} from './user.command.js';

/**
 * The commands of the command line, as the person at the keyboard has them. A command is loaded when it is called: most bring
 * the whole application with them, which help and a mistyped option do not wait for.
 */
function programOf(signal: AbortSignal): Command {
  const program = new Command('ops')
    .description('Zhitong 直通: commands for operators')
    .option('--data-dir <directory>', 'where the data is stored (default: DATA_DIR, else ./.data)')
    .showHelpAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });

  program
    .command('import')
    .description('import a log (CSV or XES, optionally .gz) as commands; importing it again adds nothing')
    .argument('<file>', 'the log')
    .requiredOption('--mapping <yaml>', 'says what each column is; data/mappings/receipt.yaml explains it')
    .option('--strict', 'stop at the first bad row')
    .option('--correct', 'record corrections where the file says otherwise than what is on record')
    .action(async (file: string, _: unknown, command: Command) =>
      (await import('./import.command.js')).importCommand(
        file,
        command.optsWithGlobals<ImportCommandOptions>(),
        signal,
      ),
    );

  program
    .command('export')
    .description('write events as JSON Lines to standard output')
    .option('--stream <name>', 'one stream only, for example project-case-10011')
    .option('--after <position>', 'begin after this position')
    .option('--skip-broken', 'leave out damaged events and report them on standard error')
    .action(async (_: unknown, command: Command) =>
      (await import('./export.command.js')).exportCommand(
        command.optsWithGlobals<ExportCommandOptions>(),
        process.stdout,
        signal,
      ),
    );

  program
    .command('import-events')
    .description('import the output of export into an empty log; the server must be stopped')
    .argument('<file>', 'JSON Lines, compressed if the name ends in .gz; - is standard input')
    .action(async (file: string, _: unknown, command: Command) =>
      (await import('./import-events.command.js')).importEventsCommand(
        file,
        command.optsWithGlobals<CommonOptions>(),
        signal,
      ),
    );

  program
    .command('backup')
    .description(
      'back up the embedded log, the keys of personal data and the token key; the server may be running',
    )
    .argument('<directory>', 'for the backup: new or empty')
    .action(async (directory: string, _: unknown, command: Command) =>
      (await import('./backup.command.js')).backupCommand(
        directory,
        command.optsWithGlobals<CommonOptions>(),
        signal,
      ),
    );

  program
    .command('restore')
    .description('restore a backup into a data directory that does not exist or is empty, and check it')
    .argument('<directory>', 'the backup')
    .action(async (directory: string, _: unknown, command: Command) =>
      (await import('./restore.command.js')).restoreCommand(
        directory,
        command.optsWithGlobals<CommonOptions>(),
        signal,
      ),
    );

  program
    .command('migrate')
    .description(
      'copy the log to another engine, the same events in the same order, and prove it by digest; the server must be stopped',
    )
    .addOption(
      new Option('--from <engine>', 'embedded: in the data directory; eventstoredb: at EVENTSTORE_URL')
        .choices(LOG_ENGINES)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--to <engine>', 'the other one').choices(LOG_ENGINES).makeOptionMandatory())
    .action(async (_: unknown, command: Command) =>
      (await import('./migrate.command.js')).migrateCommand(
        command.optsWithGlobals<MigrateCommandOptions>(),
        signal,
      ),
    );

  program
    .command('rebuild')
    .description(
      'fill read models anew beside the live ones, show the differences, and switch; the server must be stopped',
    )
    .argument('[projection]', 'default: all')
    .option('--dry-run', 'compare only')
    .option(
      '--accept-log',
      'throw away all read models first, whatever log they were filled from: this log is the right one',
    )
    .action(async (name: string | undefined, _: unknown, command: Command) =>
      (await import('./rebuild.command.js')).rebuildCommand(
        name,
        command.optsWithGlobals<RebuildCommandOptions>(),
        signal,
      ),
    );

  program
    .command('verify')
    .description('check the log, and every read model against a rebuild from zero')
    .action(async (_: unknown, command: Command) =>
      (await import('./verify.command.js')).verifyCommand(command.optsWithGlobals<CommonOptions>(), signal),
    );

  program
    .command('prune')
    .description(
      'drop read models that this release does not read: former versions, other partitions; once no process of another release runs',
    )
    .option('--dry-run', 'list only')
    .action(async (_: unknown, command: Command) =>
      (await import('./prune.command.js')).pruneCommand(command.optsWithGlobals<PruneCommandOptions>()),
    );

  program
    .command('token')
    .description('print a bearer token')
    .requiredOption('--user <name>', 'account')
    .action(async (_: unknown, command: Command) =>
      (await import('./token.command.js')).tokenCommand(command.optsWithGlobals<TokenCommandOptions>()),
    );

  program
    .command('seed')
    .description('load the catalogue and, if asked, demo accounts and the sample log')
    .addOption(
      new Option('--mode <mode>', 'catalogue; none: and demo accounts; sample: and the sample log')
        .choices(['catalogue', 'none', 'sample'])
        .default('catalogue'),
    )
    .action(async (_: unknown, command: Command) =>
      (await import('./seed.command.js')).seedCommand(command.optsWithGlobals<SeedCommandOptions>(), signal),
    );

  program
    .command('simulate')
    .description('simulate a county in the data directory; the same seed gives the same log')
    .option('--projects <number>', 'how many projects, 21 of them key projects', '200')
    .option('--seed <number>', 'seed of the simulated county', '1')
    .option('--back-entries', 'plant a batch of acts that are typed in by night, weeks later')
    .option('--until <day>', 'a county that is still under way, played up to the beginning of this day')
    .option('--truth <file>', 'write the planted facts to this file, as JSON')
    .action(async (_: unknown, command: Command) =>
      (await import('./simulate.command.js')).simulateCommand(
        command.optsWithGlobals<SimulateCommandOptions>(),
        signal,
      ),
    );

  program
    .command('demands')
    .description('print the demands of the mobilization speech, each with the test that proves it')
    .action(async () => (await import('./demands.command.js')).demandsCommand());

  const keys = program
    .command('keys')
    .description('keys of personal data: save them to a file, load them from one');
  keys
    .command('save')
    .argument('<file>', 'that does not exist yet')
    .action(async (file: string, _: unknown, command: Command) =>
      (await import('./keys.command.js')).saveKeys(file, command.optsWithGlobals<CommonOptions>()),
    );
  keys
    .command('load')
    .argument('<file>', 'what `keys save` wrote')
    .action(async (file: string, _: unknown, command: Command) =>
      (await import('./keys.command.js')).loadKeys(file, command.optsWithGlobals<CommonOptions>()),
    );

  program
    .command('openapi')
    .description('print the OpenAPI document of the interface, as JSON')
    .action(async () => (await import('./openapi.command.js')).openapiCommand());

  const user = program.command('user').description('open and close accounts, set passwords');
  const passwordStdin = () =>
    new Option('--password-stdin', 'read the password from standard input; else one is made and printed');
  user
    .command('add')
    .argument('<name>')
    .addOption(new Option('--role <role>').choices(ROLES).makeOptionMandatory())
    .requiredOption('--display-name <text>', 'name that people read')
    .option('--department <id>', 'department of the first post')
    .option('--post <text>', 'first post')
    .option('--credit-code <code>', 'unified social credit code of an organisation')
    .addOption(passwordStdin())
    .action(async (name: string, _: unknown, command: Command) =>
      (await import('./user.command.js')).addUser(name, command.optsWithGlobals<AddUserOptions>()),
    );
  user
    .command('password')
    .argument('<name>')
    .addOption(passwordStdin())
    .action(async (name: string, _: unknown, command: Command) =>
      (await import('./user.command.js')).setPassword(name, command.optsWithGlobals<PasswordOptions>()),
    );
  user
    .command('credit-code')
    .description('register the unified social credit code of an account that is there already')
    .argument('<name>')
    .requiredOption('--code <code>')
    .action(async (name: string, _: unknown, command: Command) =>
      (await import('./user.command.js')).setCreditCode(name, command.optsWithGlobals<CreditCodeOptions>()),
    );
  user
    .command('close')
    .argument('<name>')
    .requiredOption('--reason <text>')
    .action(async (name: string, _: unknown, command: Command) =>
      (await import('./user.command.js')).closeUser(name, command.optsWithGlobals<CloseUserOptions>()),
    );
  return program;
}

/**
 * Runs one call of the command line and returns its exit code. It prints to standard output and standard error. `signal`: to
 * stop between two pieces of work.
 */
export async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    await programOf(signal).parseAsync(args, { from: 'user' });
    return EXIT.stopped;
  } catch (error) {
    // Help was asked for or is needed, and printed.
    if (error instanceof CommanderError) return error.exitCode;
    const { failureOf } = await import('./failure.js');
    const { code, text } = failureOf(error);
    process.stderr.write(`ops: ${text}\n`);
    return code;
  }
}
