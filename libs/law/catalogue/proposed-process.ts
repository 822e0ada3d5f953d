import { type TimeLimit } from '#libs/law/calendar';
import { type TemplateDefinition } from './catalogue.events.js';
import { inWorkingDays } from './template-analysis.js';

/** What is to be different in a process: nothing here adds a prerequisite, so that it stays without circles. */
export type ProcessChanges = {
  /** Codes of matters that are left out; what waited for one waits for what that one waited for. */
  readonly drop: readonly string[];
  /** Groups of codes that run side by side (并联): none of a group waits for another of it. */
  readonly parallel: readonly (readonly string[])[];
  readonly terms: readonly {
    readonly code: string;
    readonly days: number;
    readonly unit: TimeLimit['unit'];
  }[];
};

/** One matter of a proposed process. */
export type ProposedMatter = {
  readonly code: string;
  readonly prerequisites: readonly string[];
  /** The new promised term in working days; null where it stays as it was. */
  readonly termDays: number | null;
};

/** A template with the changes made, its matters in an order in which each comes after its prerequisites. */
export function proposedProcess(
  { stages }: TemplateDefinition,
  { drop, parallel, terms }: ProcessChanges,
): readonly ProposedMatter[] {
  const all = stages.flatMap(({ matters }) => matters);
  const before = new Map(all.map(({ code, prerequisites }) => [code, prerequisites]));
  const groupOf = (code: string) => parallel.filter((group) => group.includes(code)).flat();
  /** What a matter waits for where these are passed over: in their place stands what they wait for. */
  const waitsFor = (code: string, passedOver: readonly string[]): readonly string[] =>
    (before.get(code) ?? []).flatMap((one) => (passedOver.includes(one) ? waitsFor(one, passedOver) : [one]));
  const termOf = (code: string): number | null => {
    const term = terms.findLast((one) => one.code === code);
    return term ? inWorkingDays({ days: term.days, unit: term.unit, start: 'acceptance' }) : null;
  };
  const kept = all
    .filter(({ code }) => !drop.includes(code))
    .map(({ code }) => ({
      code,
      prerequisites: [...new Set(waitsFor(code, [...drop, ...groupOf(code)]))],
      termDays: termOf(code),
    }));
  return inOrder(kept);
}

function inOrder(matters: readonly ProposedMatter[]): readonly ProposedMatter[] {
  const ordered: ProposedMatter[] = [];
  const placed = new Set<string>();
  const place = (matter: ProposedMatter): void => {
    if (placed.has(matter.code)) return;
    placed.add(matter.code);
    for (const code of matter.prerequisites) {
      const earlier = matters.find((one) => one.code === code);
      if (earlier) place(earlier);
    }
    ordered.push(matter);
  };
  matters.forEach(place);
  return ordered;
}
