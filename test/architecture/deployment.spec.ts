import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '#libs/shell/system';
import { parse, parseAllDocuments } from 'yaml';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');
/** As YAML gives it: a wrong shape fails where it is compared. */
type Yaml = ReturnType<typeof JSON.parse>;

const ROLES = ['api', 'projector', 'clock'];
/** Every variable that the server reads, from the one file that reads them. */
const KNOWN = new Set(
  [...read('libs/shell/system/variables.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+)\?: /gm)].map(
    ([, name]) => name ?? '',
  ),
);
/** Read by Node and its libraries, not by us. */
const FOREIGN = ['NODE_ENV'];
const unknown = (names: readonly string[]) =>
  names.filter((name) => !KNOWN.has(name) && !FOREIGN.includes(name));

/** Of an object with many entries, those that fail, by name. */
const failing = (entries: Record<string, Yaml>, holds: (entry: Yaml) => boolean): string[] =>
  Object.entries(entries)
    .filter(([, entry]) => !holds(entry))
    .map(([name]) => name);

/** What looks like a password, token or key in a place where everybody reads it. */
const secretLiterals = (environment: Record<string, unknown>): string[] =>
  Object.entries(environment)
    .filter(
      ([name, value]) =>
        (/SECRET|PASSWORD|TOKEN$|_KEY$/.test(name) && !/^\$\{[A-Z_]+:\?.+\}$/.test(String(value))) ||
        /:\/\/[^/\s]*:[^/\s]*@/.test(String(value)),
    )
    .map(([name]) => name);

test('the checks below see what they look for', () => {
  expect(
    [...KNOWN].filter((name) => ['ROLES', 'HOST', 'JWT_SECRET', 'EVENTSTORE_URL'].includes(name)).sort(),
  ).toEqual(['EVENTSTORE_URL', 'HOST', 'JWT_SECRET', 'ROLES']);
  expect(unknown(['PORT', 'NODE_ENV', 'EVENT_STORE_URL'])).toEqual(['EVENT_STORE_URL']);
  expect(
    secretLiterals({
      JWT_SECRET: '${JWT_SECRET:?make one}',
      A_PASSWORD: '${A_PASSWORD:-changeit}',
      B_PASSWORD: 'changeit',
      MONGODB_URL: 'mongodb://root:root@mongodb/zhitong',
      EVENTSTORE_URL: 'esdb://eventstore:2113?tls=false',
    }),
  ).toEqual(['A_PASSWORD', 'B_PASSWORD', 'MONGODB_URL']);
});

describe('docker-compose.yml', () => {
  const compose: Yaml = parse(read('docker-compose.yml'), { merge: true });
  const services: Record<string, Yaml> = compose.services;

  test('there is one service per role, all of one image, and the two engines', () => {
    expect(Object.keys(services).sort()).toEqual([...ROLES, 'eventstore', 'mongodb'].sort());
    const image = services['api'].image;
    expect(ROLES.map((role) => [services[role].environment.ROLES, services[role].image])).toEqual(
      ROLES.map((role) => [role, image]),
    );
  });

  test('no service runs as root, writes its own file system, or keeps a capability', () => {
    expect(failing(services, ({ user }) => /^[1-9]\d*:[1-9]\d*$/.test(user))).toEqual([]);
    expect(failing(services, ({ read_only }) => read_only === true)).toEqual([]);
    expect(failing(services, ({ cap_drop, cap_add }) => cap_drop?.join() === 'ALL' && !cap_add)).toEqual([]);
    expect(
      failing(
        services,
        ({ security_opt, privileged }) => security_opt?.includes('no-new-privileges:true') && !privileged,
      ),
    ).toEqual([]);
  });

  test('every service is bounded, restarted, and has a health check', () => {
    expect(failing(services, ({ mem_limit, cpus }) => Boolean(mem_limit) && cpus > 0)).toEqual([]);
    expect(failing(services, ({ restart }) => restart === 'unless-stopped')).toEqual([]);
    expect(failing(services, ({ healthcheck }) => healthcheck?.test?.length > 1)).toEqual([]);
    expect(
      failing(services, ({ image }) => !/:latest$|^[^:]+$/.test(image.replace(/\$\{.*\}/, 'set'))),
    ).toEqual([]);
  });

  test('a stop leaves the server the time it takes', () => {
    const [, limit] = /SHUTDOWN_LIMIT_MS = ([\d_]+)/.exec(read('apps/server/main.ts')) ?? [];
    const seconds = Number(limit?.replaceAll('_', '')) / 1000;
    expect(ROLES.filter((role) => !(parseInt(services[role].stop_grace_period, 10) > seconds))).toEqual([]);
  });

  test('only the api is published, to this machine alone; the engines are on a network without a way out', () => {
    expect(failing(services, ({ ports }) => ports === undefined)).toEqual(['api']);
    expect(services['api'].ports).toEqual(['127.0.0.1:${PUBLISHED_PORT:-3000}:3000']);
    expect(compose.networks.stores).toEqual({ internal: true });
    expect(['eventstore', 'mongodb', 'projector', 'clock'].map((name) => services[name].networks)).toEqual(
      Array(4).fill(['stores']),
    );
  });

  test('no secret is written down or has a default', () => {
    expect(
      Object.entries(services).flatMap(([name, { environment = {} }]) =>
        secretLiterals(environment).map((variable) => `${name}.${variable}`),
      ),
    ).toEqual([]);
    expect(services['api'].environment.JWT_SECRET).toMatch(/^\$\{JWT_SECRET:\?/);
  });

  test('the server reads every variable it is given, and opens no demo account', () => {
    expect(ROLES.flatMap((role) => unknown(Object.keys(services[role].environment)))).toEqual([]);
    expect(services['api'].environment.SEED).toBe('catalogue');
    for (const engine of ['EVENTSTORE_URL', 'MONGODB_URL']) {
      expect(new Set(ROLES.map((role) => services[role].environment[engine])).size).toBe(1);
      expect(services['api'].environment[engine]).toMatch(/\S/);
    }
  });

  test('D13 the api knows its proxy: the gateway of the network over which it is reached', () => {
    const [, proxy] = /^\$\{TRUSTED_PROXIES:-(.+)\}$/.exec(services['api'].environment.TRUSTED_PROXIES) ?? [];
    expect(services['api'].networks).toContain('front');
    expect(proxy).toBe(compose.networks.front.ipam.config[0].gateway);
    expect(readConfig({ TRUSTED_PROXIES: proxy }).trustedProxies).toEqual([proxy]);
  });

  test('what an engine must keep is on a volume, and every volume is used', () => {
    const mounted = (name: string): string[] =>
      services[name].volumes.map((one: string) => one.split(':').at(1));
    expect(mounted('eventstore')).toContain('/var/lib/eventstore');
    expect(mounted('mongodb')).toContain('/data/db');
    const used = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((one: string) => one.split(':').at(0)),
    );
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

describe('Dockerfile', () => {
  const stages = read('Dockerfile')
    .split(/^FROM /m)
    .slice(1);
  const last = stages.at(-1) ?? '';

  test('the compiler stays in a stage of its own', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(last).toMatch(/COPY --from=build \S+dist/);
    expect(last).not.toMatch(/npm (ci|install|run)/);
  });

  test('the process is not root, owns nothing of the program, and is checked', () => {
    expect(last).toMatch(/^USER 10001:10001$/m);
    expect(last.indexOf('\nUSER')).toBeGreaterThan(last.lastIndexOf('\nCOPY'));
    expect(last).not.toMatch(/--chown/);
    expect(last).toMatch(/^HEALTHCHECK /m);
  });

  test('what it is started with, the server reads; no demo account is opened', () => {
    const environment = Object.fromEntries(
      [...last.matchAll(/^ENV (.+)$/gm)].flatMap(([, line]) =>
        (line ?? '').split(' ').map((pair) => pair.split('=', 2)),
      ),
    ) as Record<string, string>;
    expect(unknown(Object.keys(environment))).toEqual([]);
    expect(secretLiterals(environment)).toEqual([]);
    expect(environment['SEED']).toBe('catalogue');
  });

  test('every file that it copies is let through by .dockerignore', () => {
    const through = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(through.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const copied = stages
      .flatMap((stage) => [...stage.matchAll(/^COPY (?!--from)(.+) \S+$/gm)])
      .flatMap(([, paths]) => (paths ?? '').split(' '))
      .filter((path) => path !== '.');
    expect(copied.filter((path) => !through.includes(path))).toEqual([]);
  });
});

describe('deploy/kustomize', () => {
  const base = 'deploy/kustomize/base';
  const kustomization: Yaml = parse(read(`${base}/kustomization.yaml`));
  const objects: Yaml[] = kustomization.resources.flatMap((file: string) =>
    parseAllDocuments(read(`${base}/${file}`)).map((document) => document.toJS()),
  );
  const ofKind = (kind: string): Record<string, Yaml> =>
    Object.fromEntries(objects.filter((one) => one.kind === kind).map((one) => [one.metadata.name, one]));
  const deployments = ofKind('Deployment');
  const pods = Object.fromEntries(
    Object.entries(deployments).map(([name, { spec }]) => [name, spec.template.spec]),
  );
  const containers = Object.fromEntries(
    Object.entries(pods).map(([name, spec]) => [name, spec.containers[0]]),
  );
  const config = Object.fromEntries(
    kustomization.configMapGenerator[0].literals.map((line: string) => line.split('=', 2)),
  ) as Record<string, string>;
  const valueOf = (container: Yaml, name: string) =>
    container.env.find((one: Yaml) => one.name === name)?.value;

  test('D13 the api knows its proxies, and not every address is one', () => {
    expect(containers['api'].envFrom).toEqual([{ configMapRef: { name: 'zhitong-config' } }]);
    const { trustedProxies } = readConfig({ TRUSTED_PROXIES: config['TRUSTED_PROXIES'] });
    expect(trustedProxies).toEqual(['10.244.0.0/16']);
  });

  test('every file of the base is listed', () => {
    expect(readdirSync(join(root, base)).sort()).toEqual(
      ['kustomization.yaml', ...kustomization.resources].sort(),
    );
  });

  test('there is one deployment per role, all of one image', () => {
    expect(Object.keys(deployments).sort()).toEqual([...ROLES].sort());
    expect(ROLES.map((role) => [valueOf(containers[role], 'ROLES'), containers[role].image])).toEqual(
      ROLES.map((role) => [role, kustomization.images[0].name]),
    );
  });

  test('no pod runs as root, writes its own file system, or talks to the cluster', () => {
    expect(
      failing(pods, ({ securityContext }) => securityContext?.runAsNonRoot && securityContext.runAsUser > 0),
    ).toEqual([]);
    expect(failing(pods, (pod) => pod.securityContext?.seccompProfile?.type === 'RuntimeDefault')).toEqual(
      [],
    );
    expect(failing(pods, (pod) => pod.automountServiceAccountToken === false)).toEqual([]);
    expect(
      failing(
        containers,
        ({ securityContext }) =>
          securityContext?.readOnlyRootFilesystem === true &&
          securityContext.allowPrivilegeEscalation === false &&
          securityContext.capabilities?.drop?.join() === 'ALL',
      ),
    ).toEqual([]);
  });

  test('probes call routes that every role serves, and liveness does not depend on an engine', () => {
    const probes = Object.fromEntries(
      Object.entries(containers).map(([name, { livenessProbe, readinessProbe, startupProbe }]) => [
        name,
        [startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet),
      ]),
    );
    const http = (path: string) => ({ path, port: 'http' });
    expect(probes).toEqual(
      Object.fromEntries(
        ROLES.map((role) => [role, [http('/health/live'), http('/health/live'), http('/health/ready')]]),
      ),
    );
    expect(failing(containers, ({ ports }) => `${ports[0].containerPort}` === config['PORT'])).toEqual([]);
  });

  test('D16 Prometheus asks at the address of operators, which only its own namespace reaches', () => {
    const asked = (name: string) =>
      deployments[name].spec.template.metadata.annotations['prometheus.io/port'];
    expect(ROLES.map(asked)).toEqual(ROLES.map(() => config['OPS_PORT']));
    expect(
      failing(containers, ({ ports }) =>
        ports.some((one: Yaml) => one.name === 'ops' && `${one.containerPort}` === config['OPS_PORT']),
      ),
    ).toEqual([]);
    expect(ofKind('NetworkPolicy')['only-http'].spec.ingress).toEqual([
      { ports: [{ port: 'http', protocol: 'TCP' }] },
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
        ports: [{ port: 'ops', protocol: 'TCP' }],
      },
    ]);
    const service = ofKind('Service')['api'].spec.ports;
    expect(service.map((one: Yaml) => one.targetPort)).toEqual(['http']);
  });

  test('every container is bounded, every role has a budget that lets nodes be drained', () => {
    expect(
      failing(
        containers,
        ({ resources }) => resources?.limits?.memory && resources.requests?.cpu && resources.requests.memory,
      ),
    ).toEqual([]);
    const budgets = ofKind('PodDisruptionBudget');
    expect(Object.keys(budgets).sort()).toEqual([...ROLES].sort());
    expect(
      failing(budgets, ({ metadata, spec }) =>
        spec.maxUnavailable === undefined
          ? spec.minAvailable < deployments[metadata.name].spec.replicas
          : spec.maxUnavailable >= 1,
      ),
    ).toEqual([]);
    expect(
      failing(budgets, ({ metadata, spec }) =>
        Object.entries(spec.selector.matchLabels).every(
          ([label, value]) => deployments[metadata.name].spec.template.metadata.labels[label] === value,
        ),
      ),
    ).toEqual([]);
  });

  test('a projector that is replaced ends after the new one is there to take its projections', () => {
    expect(deployments['projector'].spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  test('the server reads every variable it is given; secrets come from the secret only', () => {
    const given = Object.values(containers).flatMap(({ env }) => env.map((one: Yaml) => one.name));
    expect(unknown([...given, ...Object.keys(config)])).toEqual([]);
    expect(secretLiterals(config)).toEqual([]);
    expect(config['SEED']).toBe('catalogue');
    const literal = Object.values(containers).flatMap(({ env }) =>
      env.filter((one: Yaml) => one.valueFrom === undefined).map((one: Yaml) => one.name),
    );
    expect([...new Set(literal)]).toEqual(['ROLES']);
  });

  test.each(readdirSync(join(root, 'deploy/kustomize/overlays')))(
    'overlay %s makes the secret that the base asks for, from a file that is not in the repository',
    (overlay) => {
      const folder = `deploy/kustomize/overlays/${overlay}`;
      const { resources, secretGenerator }: Yaml = parse(read(`${folder}/kustomization.yaml`));
      expect(resources).toEqual(['../../base']);
      expect(secretGenerator).toEqual([{ name: 'zhitong-secret', envs: ['secret.env'] }]);
      expect(read('.gitignore').split('\n')).toContain('deploy/kustomize/overlays/*/secret.env');
      const example = Object.fromEntries(
        [...read(`${folder}/secret.env.example`).matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
          name,
          value,
        ]),
      );
      const asked = Object.values(containers).flatMap(({ env }) =>
        env.flatMap((one: Yaml) => one.valueFrom?.secretKeyRef.key ?? []),
      );
      // Every variable is listed, and none has a value.
      expect(example).toEqual(Object.fromEntries([...new Set(asked)].map((name) => [name, ''])));
    },
  );
});
