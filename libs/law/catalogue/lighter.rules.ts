import { type TimeLimit } from '#libs/law/calendar';
import {
  type MatterDefinition,
  type MatterMaterial,
  type MatterOpinion,
  type TemplateDefinition,
} from './catalogue.events.js';
import { promiseFits } from './catalogue.rules.js';
import {
  extensionOf,
  type MatterClock,
  statutoryTermOf,
  STATUTORY_NOTICE,
  type SuspensionRule,
  suspensionsOf,
} from './matter-clock.js';

/** What a revision takes away from a matter or template, in both languages: `step 现场踏勘`, 环节“现场踏勘”. */
export type LighterPart = { readonly en: string; readonly zh: string };

const part = (en: string, zh: string, name?: string): LighterPart =>
  name === undefined ? { en, zh } : { en: `${en} ${name}`, zh: `${zh}“${name}”` };

/** Names of `before` that `after` has less often: a name that is listed twice counts twice. */
function dropped(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...after];
  return before.filter((name) => {
    const index = left.indexOf(name);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

type Asked = Pick<MatterMaterial | MatterOpinion, 'conditional'>;

/** Those that are asked for no more, or in fewer cases. */
const askedLess = <Item extends Asked>(
  before: readonly Item[],
  after: readonly Item[],
  isSame: (a: Item, b: Item) => boolean,
  isLess: (a: Item, b: Item) => boolean = () => false,
): readonly Item[] =>
  before.filter((one) => {
    const now = after.find((other) => isSame(one, other));
    return now === undefined || (now.conditional === true && one.conditional !== true) || isLess(one, now);
  });

/** Whether a term may end later than it did, or is gone. */
const isLonger = (before: TimeLimit | null, after: TimeLimit | null): boolean =>
  before !== null && (after === null || !promiseFits(after, before));

function stopsLonger(before: readonly SuspensionRule[], after: SuspensionRule): boolean {
  const was = before.find(({ cause }) => cause === after.cause);
  if (was === undefined || (was.leave !== null && after.leave === null)) return true;
  if (was.cap === null) return false;
  return after.cap === null || after.cap.unit !== was.cap.unit || after.cap.days > was.cap.days;
}

/** Whether a permit may lie unused for longer. */
function isUsedLater({ use: before }: MatterClock, { use: after }: MatterClock): boolean {
  if (before === undefined) return false;
  if (after === undefined) return true;
  const longest = (rule: typeof before) => rule.months + rule.postponements * rule.postponementMonths;
  return after.months > before.months || longest(after) > longest(before);
}

const noticeDays = ({ kind, clock }: MatterDefinition): number =>
  clock?.notice?.days ?? (kind === 'licence' ? STATUTORY_NOTICE.days : Infinity);

function lighterTimes(before: MatterDefinition, after: MatterDefinition): readonly LighterPart[] {
  const found: LighterPart[] = [];
  const statutory = [statutoryTermOf(before), statutoryTermOf(after)] as const;
  if (isLonger(...statutory)) found.push(part('the statutory time limit', '法定时限'));
  if (isLonger(before.promised, after.promised)) found.push(part('the promised time limit', '承诺时限'));
  if (noticeDays(after) > noticeDays(before)) found.push(part('the term of the notice', '一次告知期限'));
  const procedures = suspensionsOf(before);
  for (const rule of suspensionsOf(after)) {
    if (stopsLonger(procedures, rule)) found.push(part('special procedure', '特别程序', rule.cause));
  }
  const [was, now] = [extensionOf(before)?.days ?? 0, extensionOf(after)?.days ?? 0];
  if (now > was) found.push(part('the extension', '延长期限'));
  if (isUsedLater(before.clock ?? {}, after.clock ?? {})) found.push(part('the term of use', '使用期限'));
  return found;
}

/**
 * What a revision makes lighter: steps, materials or opinions that are asked for no more or in fewer cases, material that is
 * not key any more, a term that may end later, a licence that is none any more. Nobody takes that away alone.
 */
export function lighterMatter(before: MatterDefinition, after: MatterDefinition): readonly LighterPart[] {
  const materials = askedLess(
    before.materials,
    after.materials,
    (a, b) => a.name === b.name,
    (a, b) => a.key && !b.key,
  );
  const opinions = askedLess(
    before.consults ?? [],
    after.consults ?? [],
    (a, b) => a.department === b.department,
  );
  return [
    ...(before.kind === after.kind ? [] : [part('the kind', '事项类型')]),
    ...dropped(before.steps, after.steps).map((name) => part('step', '环节', name)),
    ...materials.map(({ name }) => part('material', '材料', name)),
    ...opinions.map(({ department }) => part('opinion', '征求意见', department)),
    ...(before.personalQualification === true && after.personalQualification !== true
      ? [part('the personal qualification', '公民特定资格')]
      : []),
    ...lighterTimes(before, after),
  ];
}

const mattersOf = ({ stages }: TemplateDefinition) => stages.flatMap(({ matters }) => matters);

const silences = ({ stages }: TemplateDefinition): readonly string[] =>
  stages.flatMap(({ name, opinions }) => (opinions?.silenceRule ? [name] : []));

/** What a revision of a template makes lighter: matters and prerequisites that go, silence that counts as consent. */
export function lighterTemplate(
  before: TemplateDefinition,
  after: TemplateDefinition,
): readonly LighterPart[] {
  const left = new Map(mattersOf(after).map(({ code, prerequisites }) => [code, prerequisites]));
  const found: LighterPart[] = [];
  for (const { code, prerequisites } of mattersOf(before)) {
    const now = left.get(code);
    if (now === undefined) found.push(part('matter', '事项', code));
    for (const one of dropped(prerequisites, now ?? prerequisites)) {
      found.push(part('prerequisite', '前置事项', `${one} → ${code}`));
    }
  }
  for (const stage of dropped(silences(after), silences(before))) {
    found.push(part('silence as consent in stage', '超时视同无意见的阶段', stage));
  }
  return found;
}
