/** Which way the arrows may point. Each rule says why it exists. */
const domainAreas = 'law/catalogue|county/[^/]+|reports';
/** What may know Nest in an area, and enter other areas by the door that does. */
const behindHttp = '/http/|^libs/county/approval/handlers/';
const decidesOrFolds = `^libs/(${domainAreas})/.*\\.(events|state|rules|acts|decider|projection|ledger)\\.ts$`;
/** A library is a folder of a wing; libs/reports is a wing and a library. */
const library = 'libs/(?:(?:engine|law|county|shell)/[^/]+|reports)';

/**
 * The floors of libs/county/approval, lowest first: the words that every chapter uses, the chapters of an application's life,
 * the whole, what is read of it, and what looks something up for it. A room knows those on the floors below it.
 */
const approvalFloors = [
  ['core'],
  ['consultation', 'escalation', 'handling', 'permit', 'signals'],
  ['clock', 'jurisdiction', 'record'],
  ['intake'],
  ['ways'],
  ['decision'],
  ['application'],
  ['read-models'],
  ['handlers'],
];

/** The floors of libs/reports: each answer is made from what lies below it; the controllers' module is on top. */
const reportFloors = [
  ['answers'],
  ['timeline'],
  ['project'],
  ['accountability', 'process', 'standstill', 'workload'],
  ['finding'],
  ['http'],
];

const floorRules = (name, folder, floors) =>
  floors.map((rooms, floor) => {
    const above = floors.slice(floor).flat().join('|');
    return {
      name: `${name}-floor-${floor}-${rooms[0]}`,
      comment: `${rooms.join(', ')}: nothing here knows a room above it or beside it.`,
      severity: 'error',
      from: { path: `^${folder}/(${rooms.join('|')})/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^${folder}/(${above})/`, pathNot: `^${folder}/$1/` },
    };
  });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle, of types too, means two files are one idea in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...floorRules('approval', 'libs/county/approval', approvalFloors),
    ...floorRules('reports', 'libs/reports', reportFloors),
    {
      name: 'agency-is-below-approval',
      comment:
        'Who acts for whom is known before any application: mandates and sight know no area that uses them.',
      severity: 'error',
      from: { path: '^libs/county/(agency|sight)/' },
      to: { path: '^libs/(reports|shell/(?!nest/|roles/)|county/(?!agency|sight|project|identity))' },
    },
    {
      name: 'core-knows-no-framework',
      comment:
        'libs/engine/event-sourcing has no Nest and no driver, so that the rules of the log can be read alone.',
      severity: 'error',
      from: { path: '^libs/engine/event-sourcing/' },
      to: {
        path: '^(apps|libs/(?!engine/event-sourcing/)|node_modules/(@nestjs|lmdb|mongodb|@eventstore)/)',
      },
    },
    {
      name: 'pure-libraries-stay-pure',
      comment:
        'The calendar and the laws are pure: given the same table they give the same day, and the same article.',
      severity: 'error',
      from: { path: '^libs/law/(calendar|citations|terms)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|libs/(?!law/$1/)|node_modules/(@nestjs|lmdb|mongodb|@eventstore)/)' },
    },
    {
      name: 'a-store-adapter-knows-only-its-port',
      comment: 'Nobody else may learn which engine runs.',
      severity: 'error',
      from: { path: '^libs/engine/store-[^/]+/' },
      to: { path: '^(apps|libs/(?!engine/(event-sourcing/|store-)))' },
    },
    {
      name: 'the-domain-knows-no-driver',
      comment: 'Areas speak to ports only.',
      severity: 'error',
      from: { path: `^libs/(${domainAreas}|shell/nest)/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|libs/engine/store-|node_modules/(lmdb|mongodb|@eventstore)/)' },
    },
    {
      name: 'an-area-knows-nest-in-its-folder-http',
      comment:
        'An area has two doors: index.ts is pure, http/ has the module, its controllers, guards and handlers. Approval keeps what ' +
        'looks things up for its commands in a room of its own.',
      severity: 'error',
      from: { path: `^libs/(${domainAreas})/`, pathNot: `\\.spec\\.ts$|${behindHttp}` },
      to: { path: '^node_modules/(@nestjs|@fastify|fastify)/' },
    },
    {
      name: 'a-pure-file-does-not-enter-by-http',
      comment: 'Who needs an event, a rule, a projection or a query must not load a controller for it.',
      severity: 'error',
      from: { path: `^libs/(${domainAreas})/`, pathNot: `\\.spec\\.ts$|${behindHttp}` },
      to: { path: `^libs/(${domainAreas})/http/` },
    },
    {
      name: 'decide-and-fold-know-commands-as-types',
      comment: 'The class of a command brings Nest with it; what decides needs to know its fields alone.',
      severity: 'error',
      from: { path: decidesOrFolds },
      to: { path: '\\.commands\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'decide-and-fold-check-no-input',
      comment:
        'Commands say with class-validator what a body may be; what decides and folds knows nothing of it.',
      severity: 'error',
      from: { path: decidesOrFolds },
      to: { path: '^node_modules/(class-validator|class-transformer)/' },
    },
    {
      name: 'drivers-only-in-their-adapter',
      comment: 'One file chooses the engine, one folder speaks to it.',
      severity: 'error',
      from: { pathNot: '^(libs/engine/store-|test/)' },
      to: { path: '^node_modules/(lmdb|mongodb|@eventstore)/' },
    },
    {
      name: 'libraries-are-entered-by-their-index',
      comment: 'A library shows what it offers in index.ts; the rest may move without asking.',
      severity: 'error',
      from: { path: `^(apps/[^/]+|${library})/` },
      to: { path: '^libs/', pathNot: ['^$1/', '/index\\.ts$'] },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'What only tests need is not loaded by the running code.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: '\\.(spec|contract)\\.ts$|/testing/|^libs/engine/[^/]+-testing/',
      },
      to: { path: '/testing/|^libs/engine/[^/]+-testing/' },
    },
    {
      name: 'the-client-knows-no-server',
      comment: 'The client speaks HTTP: it is made from the OpenAPI document, and runs without the rest.',
      severity: 'error',
      from: { path: '^libs/client/' },
      to: { path: '^(apps|libs/(?!client/))' },
    },
    {
      name: 'nothing-imports-an-app',
      severity: 'error',
      comment: 'Apps are the outermost ring.',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'A name that resolves to nothing is a typo.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-in-running-code',
      severity: 'error',
      comment: 'A production install leaves devDependencies out.',
      from: {
        path: '^(apps|libs)/',
        pathNot: '\\.(spec|contract)\\.ts$|/testing/|^libs/engine/[^/]+-testing/',
      },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
