import { inWorkingDays } from '#libs/law/catalogue';
import { parseMatters, parseTemplates } from '#libs/law/catalogue/http';
import { readDataFolder } from '#libs/shell/seeding';

/** A matter as a project of some template meets it. */
export interface PlannedMatter {
  readonly code: string;
  /** Whose it is; null for a joint matter. */
  readonly department: string | null;
  /** Who works on it: its department, and for a joint matter the lead of its stage. */
  readonly worker: string;
  /** Codes of what must be granted first. */
  readonly prerequisites: readonly string[];
  /** The law requires no decision, so that the application may be closed instead. */
  readonly mayBeClosed: boolean;
  /** The statutory term in working days; 0 if there is none. */
  readonly statutoryDays: number;
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
          const promised = matter.promised ?? matter.statutory;
          return {
            code: entry.code,
            department: matter.department,
            worker,
            prerequisites: entry.prerequisites,
            mayBeClosed: matter.statutory === null,
            statutoryDays: matter.statutory === null ? 0 : inWorkingDays(matter.statutory),
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
