import { type Body, type TestServer } from '../e2e/server.js';

/** Matters that wait for each other in a row, with the department that handles each. */
const STAGES = [
  ['立项用地规划许可', 'natural-resources', ['LX-06', 'LX-07']],
  ['工程建设许可', 'natural-resources', ['GC-02']],
  ['施工许可', 'housing-construction', ['SG-05']],
  ['竣工验收', 'housing-construction', ['JG-10']],
] as const;

/** Publishes the template `chain`: five matters, each after the one before, for tests of what comes after what. */
export async function publishChain(server: TestServer): Promise<void> {
  const codes = STAGES.flatMap(([, , matters]) => matters as readonly string[]);
  const stages = STAGES.map(([name, lead, matters]) => ({
    name,
    lead,
    matters: matters.map((code) => ({ code, prerequisites: codes.slice(0, codes.indexOf(code)).slice(-1) })),
  }));
  const body: Body = { id: 'chain', name: '依次办理', nameEn: 'One after the other', stages };
  const { status, body: problem } = await server.post('/templates', 'demo-admin', body);
  if (status >= 300) throw new Error(`chain: ${status} ${JSON.stringify(problem)}`);
}
