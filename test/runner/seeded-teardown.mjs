import { rmSync } from 'node:fs';

export default function tearDown() {
  const place = process.env['SEEDED_DIRECTORIES'];
  if (place === undefined) return;
  rmSync(place, { recursive: true, force: true });
  delete process.env['SEEDED_DIRECTORIES'];
}
