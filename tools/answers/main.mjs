/**
 * Writes dist/answers.json: the JSON schema of what each route answers, made from the types of the controllers' methods, and what
 * the comments say of operations and of the fields of commands and parameters. The OpenAPI document is completed with it, so that
 * nothing is written twice; it is written to dist/openapi.json, and as types for libs/client to dist/openapi.d.ts. Does nothing
 * when no source file has changed since.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import console from 'node:console';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import TJS from 'typescript-json-schema';
import { fieldsOf, operationsOf } from './comments.mjs';
import { componentsOf } from './components.mjs';

// The compiler that typescript-json-schema brings: its program must be of the same release.
const ts = createRequire(import.meta.resolve('typescript-json-schema'))('typescript');

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OUTPUT = join(ROOT, 'dist', 'answers.json');
const DOCUMENT = join(ROOT, 'dist', 'openapi.json');
const CLIENT_TYPES = join(ROOT, 'dist', 'openapi.d.ts');
/** What a field means wherever it has that name and no comment of its own. */
const COMMON_FIELDS = 'tools/answers/fields.json';
/** What the sample log answers, by operation; test/acceptance/examples.acceptance.spec.ts writes and checks it. */
const EXAMPLES = 'tools/answers/examples.json';
/** A file of this program alone, which names the type of every answer. */
const NAMES_FILE = join(ROOT, 'libs', 'answers.generated.ts');
/** Types that no query answers by itself: refusals, and what the answer to a command says in addition. */
const OTHER_TYPES = [
  { name: 'ProblemDetails', file: 'libs/shell/nest/problem-details.ts' },
  { name: 'DryRun', file: 'libs/shell/nest/dry-run.ts' },
  { name: 'OpenedApplication', file: 'libs/county/project/opened-application.ts' },
  { name: 'StageBranch', file: 'libs/county/project/http/submit-stage.handler.ts' },
  // Lists of words that have a name of their own, which the compiler forgets when null is possible as well.
  { name: 'Lamp', file: 'libs/law/calendar/time-limit.ts' },
  {
    ...{ name: 'Stage', file: 'libs/county/approval/core/stage.ts', without: 'absent' },
    comment: 'Where an application stands.',
  },
  { name: 'Role', file: 'libs/shell/roles/index.ts' },
];
/** Under which the fields stand that mean the same in every class. */
const EVERY_CLASS = '*';
const VERBS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);

const sources = readdirSync(join(ROOT, 'libs'), { recursive: true })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('client/'))
  .map((file) => `libs/${file}`)
  .sort();
function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function digestWritten() {
  try {
    return JSON.parse(readFileSync(OUTPUT, 'utf8')).digest;
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function write() {
  const routes = routesIn(sources);
  const program = programWith(namesFile(routes));
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(NAMES_FILE));
  if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, formatHost()));
  const generator = TJS.buildGenerator(
    program,
    {
      ref: true,
      aliasRef: true,
      required: true,
      strictNullChecks: true,
      ignoreErrors: true,
    },
    [NAMES_FILE],
  );
  const names = [...routes.map(({ operation }) => nameOf(operation)), ...OTHER_TYPES.map(({ name }) => name)];
  const { definitions } = quietly(() => generator.getSchemaForSymbols(names, true));
  const common = JSON.parse(readFileSync(join(ROOT, COMMON_FIELDS), 'utf8'));
  const files = sources.map((file) => program.getSourceFile(join(ROOT, file)));
  const made = {
    schemas: componentsOf(definitions, common),
    fields: { ...fieldsOf(ts, files), [EVERY_CLASS]: common },
    operations: operationsOf(ts, files, routes),
    examples: JSON.parse(readFileSync(join(ROOT, EXAMPLES), 'utf8')),
  };
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, JSON.stringify(made));
  const document = execFileSync(process.execPath, [join(ROOT, 'dist', 'apps', 'ops', 'main.js'), 'openapi'], {
    maxBuffer: 64 << 20,
  });
  writeFileSync(DOCUMENT, document);
  rmSync(CLIENT_TYPES, { force: true });
  // At last, so that what is written in part is written again.
  writeFileSync(OUTPUT, JSON.stringify({ digest, ...made }));
}

/** The types of the client, which an installation without tools for development does without. */
async function writeClientTypes() {
  let tool;
  try {
    tool = await import('openapi-typescript');
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return;
    throw error;
  }
  const { default: typesOf, astToString } = tool;
  writeFileSync(CLIENT_TYPES, astToString(await typesOf(JSON.parse(readFileSync(DOCUMENT, 'utf8')))));
}

/** Without the warnings of typescript-json-schema about fields that take their value from a variable of the same name. */
function quietly(make) {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

/** The routes that name their operation: `{ controller, method, file, operation }`. */
function routesIn(files) {
  return files
    .filter((file) => file.endsWith('.controller.ts'))
    .flatMap((file) => {
      const tree = ts.createSourceFile(
        file,
        readFileSync(join(ROOT, file), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      return tree.statements
        .filter((statement) => ts.isClassDeclaration(statement))
        .flatMap((controller) =>
          controller.members.filter(ts.isMethodDeclaration).flatMap((method) => {
            const operation = operationOf(method);
            return operation === null || answersNothing(method)
              ? []
              : [{ controller: controller.name.text, method: method.name.text, file, operation }];
          }),
        );
    });
}

/** True of a method that answers without a body, and so says `Promise<void>`. */
function answersNothing(method) {
  return method.type?.getText() === 'Promise<void>';
}

/** The `operationId` of a method with a verb; null for any other method. */
function operationOf(method) {
  const calls = (ts.getDecorators(method) ?? [])
    .map(({ expression }) => expression)
    .filter((expression) => ts.isCallExpression(expression));
  const named = (name) => calls.find(({ expression }) => expression.getText() === name);
  if (!calls.some(({ expression }) => VERBS.has(expression.getText()))) return null;
  // An answer that is not JSON has no schema.
  if (named('ApiProduces') !== undefined) return null;
  const property = named('ApiOperation')?.arguments[0]?.properties.find(
    (each) => each.name.getText() === 'operationId',
  );
  return property === undefined ? null : property.initializer.text;
}

function nameOf(operation) {
  return `${operation}Answer`;
}

function namesFile(routes) {
  const imports = routes.map(
    ({ controller, file, operation }) =>
      `import { type ${controller} as ${operation}Controller } from './${relative('libs', file).replace(/\.ts$/, '.js')}';`,
  );
  const types = routes.map(
    ({ method, operation }) =>
      `export type ${nameOf(operation)} = Awaited<ReturnType<${operation}Controller['${method}']>>;`,
  );
  const others = OTHER_TYPES.map(({ name, file, without, comment }) => {
    const type = `import('./${relative('libs', file).replace(/\.ts$/, '.js')}').${name}`;
    return without === undefined
      ? `export type ${name} = ${type};`
      : `/** ${comment} */ export type ${name} = Exclude<${type}, '${without}'>;`;
  });
  return [...imports, ...types, ...others, ''].join('\n');
}

function programWith(text) {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const once = { ...options, incremental: false, tsBuildInfoFile: undefined };
  const host = ts.createCompilerHost(once);
  const { readFile, fileExists } = host;
  host.readFile = (file) => (file === NAMES_FILE ? text : readFile(file));
  host.fileExists = (file) => file === NAMES_FILE || fileExists(file);
  const roots = [NAMES_FILE, ...sources.map((file) => join(ROOT, file))];
  return ts.createProgram(roots, once, host);
}

function formatHost() {
  return { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' };
}

const digest = digestOf([
  'tools/answers/main.mjs',
  'tools/answers/comments.mjs',
  'tools/answers/components.mjs',
  COMMON_FIELDS,
  EXAMPLES,
  'package-lock.json',
  ...sources,
]);
if (digest !== digestWritten()) write();
if (!existsSync(CLIENT_TYPES)) await writeClientTypes();
