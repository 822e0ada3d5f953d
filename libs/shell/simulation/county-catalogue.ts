import {
  extensionOf,
  inWorkingDays,
  limitOf,
  type MatterDefinition,
  type MatterKind,
  statutoryTermOf,
  suspensionsOf,
} from '#libs/law/catalogue';
import { parseMatters, parseTemplates } from '#libs/law/catalogue/http';
import { readDataFolder } from '#libs/shell/seeding';

export type TermChange = 'expert-review' | 'extension';

/** A matter as a project of some template meets it. */
export interface PlannedMatter {
  readonly code: string;
  /** Whose it is; null for a joint matter. */
  readonly department: string | null;
  /** Who works on it: its department, and for a joint matter the lead of its stage. */
  readonly worker: string;
  /** Codes of what must be granted first. */
  readonly prerequisites: readonly string[];
  /** How it ends: a licence and a confirmation are decided, a filing is filed, of others either may be recorded. */
  readonly ends: 'by-decision' | 'by-closure' | 'either-way';
  /** Law and article that it rests on, as cited; null for none. */
  readonly basis: string | null;
  /** It is accepted on the spot, or time accepts it. */
  readonly onTheSpot: boolean;
  /** The statutory term in working days; 0 if there is none. */
  readonly statutoryDays: number;
  /** What its law lets happen to the statutory term: that an expert review is taken out of it, that it is extended. */
  readonly termAllows: readonly TermChange[];
  /** The promised term in working days, else the statutory one; 0 where there is neither. */
  readonly promisedDays: number;
  readonly steps: readonly string[];
  /** What the catalogue asks for, by name. */
  readonly materials: readonly string[];
}

/** A process template with its matters, each after all those it waits for. */
export interface PlannedTemplate {
  readonly code: string;
  readonly matters: readonly PlannedMatter[];
}

/** Who works on a joint matter of a stage without a lead. */
const OTHERWISE = 'housing-construction';

/** The templates of `data/`, by code, with the newest version of each matter. @throws CatalogueFileError */
export async function countyTemplates(): Promise<ReadonlyMap<string, PlannedTemplate>> {
  const [matterFiles, templateFiles] = await Promise.all([
    readDataFolder('catalogue'),
    readDataFolder('templates'),
  ]);
  const matters = new Map(
    matterFiles
      .flatMap(({ name, text }) => parseMatters(name, text))
      .map(({ code, versions }) => [code, versions.at(-1)?.matter]),
  );
  const templates = templateFiles.flatMap(({ name, text }) => parseTemplates(name, text));
  return new Map(
    templates.map(({ code, stages }) => {
      const planned = stages.flatMap(({ lead, matters: named }) =>
        named.map((entry): PlannedMatter => {
          const matter = matters.get(entry.code);
          if (!matter) throw new Error(`template ${code} names ${entry.code}, which no catalogue file has`);
          const worker = matter.department ?? lead ?? OTHERWISE;
          const promised = limitOf(matter);
          const statutory = statutoryTermOf(matter);
          return {
            code: entry.code,
            department: matter.department,
            worker,
            prerequisites: entry.prerequisites,
            ends: endOf(matter.kind),
            basis: basisOf(matter),
            onTheSpot: matter.clock?.notice?.days === 0,
            statutoryDays: statutory === null ? 0 : inWorkingDays(statutory),
            termAllows: termChangesOf(matter),
            promisedDays: promised === null ? 0 : inWorkingDays(promised),
            steps: matter.steps,
            materials: matter.materials.map(({ name }) => name),
          };
        }),
      );
      return [code, { code, matters: inOrder(planned) }] as const;
    }),
  );
}

function endOf(kind: MatterKind): PlannedMatter['ends'] {
  if (kind === 'licence' || kind === 'confirmation') return 'by-decision';
  return kind === 'filing' ? 'by-closure' : 'either-way';
}

function termChangesOf(matter: MatterDefinition): readonly TermChange[] {
  const review = suspensionsOf(matter).some(({ cause }) => cause === 'expert-review');
  return [
    ...(review ? ['expert-review' as const] : []),
    ...(extensionOf(matter) === null ? [] : ['extension' as const]),
  ];
}

function basisOf({ legalBasis: [first] }: MatterDefinition): string | null {
  return first === undefined ? null : `${first.law} ${first.article}`;
}

/** Each matter after its prerequisites; the catalogue's own order where nothing forces another. */
function inOrder(matters: readonly PlannedMatter[]): readonly PlannedMatter[] {
  const byCode = new Map(matters.map((matter) => [matter.code, matter]));
  const ordered = new Map<string, PlannedMatter>();
  const place = (matter: PlannedMatter): void => {
    if (ordered.has(matter.code)) return;
    for (const code of matter.prerequisites) {
      const earlier = byCode.get(code);
      if (earlier) place(earlier);
    }
    ordered.set(matter.code, matter);
  };
  matters.forEach(place);
  return [...ordered.values()];
}
