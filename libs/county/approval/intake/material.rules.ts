import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta, isImported } from '#libs/engine/event-sourcing';
import { type ApplicationFacts } from '../core/facts.js';
import { isLicence } from '../core/kind.js';
import { refusing } from '../core/refuse.js';
import { INTAKE_MESSAGES } from './intake.messages.js';

const refuse = refusing(INTAKE_MESSAGES);

/** One material of a matter, as the catalogue lists it. Key material is required by the law itself. */
export type ListedMaterial = {
  readonly name: string;
  readonly key: boolean;
  /** The law that asks for it, as cited. */
  readonly basis: string;
  /** True where it is asked for in some cases only: nobody but the window knows whether this is one. */
  readonly conditional?: boolean;
};

/** What is looked up for acts that turn on the materials of the matter. */
export type MaterialFacts = {
  /** What the catalogue lists for the matter. */
  readonly listed: readonly ListedMaterial[];
};

/** Only what the catalogue lists is asked for, and so only that can be missing (行政许可法 Art. 31). */
function materialMustBeListed(application: string, name: string, listed: readonly ListedMaterial[]) {
  const found = listed.find((one) => one.name === name);
  return (
    found ??
    refuse('application.material-not-listed', { application, material: name }, 'input', cited(licensing(31)))
  );
}

/**
 * What the law itself asks for is there when an application is accepted (行政许可法 Art. 32(5)): it may be neither late nor
 * promised.
 */
export function materialsMustNotBeKey(
  application: string,
  names: readonly string[],
  listed: readonly ListedMaterial[],
): void {
  for (const name of names) {
    if (!materialMustBeListed(application, name, listed).key) continue;
    refuse('application.key-material', { application, material: name }, 'input', cited(licensing(32, 5)));
  }
}

/**
 * 材料齐全: what the law itself asks for is there, or nothing is accepted (行政许可法 Art. 32(5)). A material that is late or
 * promised (容缺, 承诺) is never one of these. An imported log records no materials.
 */
export function keyMaterialsMustBeThere(
  { application, terms, materials }: ApplicationFacts,
  listed: readonly ListedMaterial[],
  meta: CommandMeta,
): void {
  const missing = listed.filter(
    ({ name, key, conditional }) => key && conditional !== true && !materials.includes(name),
  );
  const [first] = missing;
  if (first === undefined || isImported(meta)) return;
  refuse(
    'application.key-materials-missing',
    {
      application,
      missing: missing.map(({ name, basis }) => `${name} (${basis})`).join(', '),
      missingZh: missing.map(({ name, basis }) => `${name}（${basis}）`).join('、'),
    },
    'state',
    isLicence(terms) ? cited(licensing(32, 5)) : first.basis,
  );
}

/** Everything listed is handed in, or covered by a commitment; else the applicant is notified once (for a licence, Art. 32(4)). */
export function materialsMustBeComplete(
  state: ApplicationFacts & { readonly commitment?: { readonly materials: readonly string[] } },
  listed: readonly ListedMaterial[],
): void {
  const there = new Set([...state.materials, ...(state.commitment?.materials ?? [])]);
  const missing = listed
    .filter((one) => one.conditional !== true && !there.has(one.name))
    .map(({ name }) => name);
  if (missing.length === 0) return;
  refuse(
    'application.materials-missing',
    { application: state.application, missing: missing.join('、') },
    'state',
    isLicence(state.terms) ? cited(licensing(32, 4)) : state.terms.basis,
  );
}
