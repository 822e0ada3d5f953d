import { type TimeLimit } from '#libs/law/calendar';
import { type PublishMatter, type ReviseMatter } from './catalogue.commands.js';
import { type PublishTemplate, type ReviseTemplate } from './template.commands.js';
import {
  type LegalBasis,
  type MatterDefinition,
  type MatterMaterial,
  type MatterOpinion,
  type TemplateDefinition,
  type TemplateStage,
} from './catalogue.events.js';
import { matterClock } from './matter-clock.body.js';

const limit = (given: TimeLimit | null): TimeLimit | null =>
  given === null
    ? null
    : {
        days: given.days,
        unit: given.unit,
        start: given.start,
        ...(given.endsOnRestDay && { endsOnRestDay: given.endsOnRestDay }),
      };

const basis = ({ law, article, verified }: LegalBasis): LegalBasis => ({ law, article, verified });

const material = ({ name, key, basis, conditional }: MatterMaterial): MatterMaterial => ({
  name,
  key,
  basis,
  ...(conditional === true && { conditional }),
});

const opinion = ({ department, article, verified, days, conditional }: MatterOpinion): MatterOpinion => ({
  department,
  article,
  verified,
  days,
  ...(conditional === true && { conditional }),
});

/** What a revision leaves as it was unless it speaks of it. */
type Kept = Pick<PublishMatter, 'line' | 'clock' | 'consults' | 'personalQualification' | 'receivedBy'>;

/** The definition a command carries, as plain JSON with every field in its place; what a revision keeps may be given from before. */
export function matterOf(
  command: PublishMatter | ReviseMatter,
  { line, clock, consults, personalQualification, receivedBy }: Kept = command,
): MatterDefinition {
  return {
    code: command.id,
    name: command.name,
    nameEn: command.nameEn,
    kind: command.kind,
    department: command.department,
    ...(receivedBy?.length && { receivedBy: receivedBy.map(({ department }) => ({ department })) }),
    ...(line && { line }),
    legalBasis: command.legalBasis.map(basis),
    statutory: limit(command.statutory),
    promised: limit(command.promised),
    ...(clock && { clock: matterClock(clock) }),
    ...(personalQualification === true && { personalQualification }),
    ...(consults && consults.length > 0 && { consults: consults.map(opinion) }),
    limitsVerified: command.limitsVerified,
    materials: command.materials.map(material),
    steps: [...command.steps],
    effectiveFrom: command.effectiveFrom,
  };
}

const stage = ({ name, lead, matters, opinions }: TemplateStage): TemplateStage => ({
  name,
  lead,
  matters: matters.map(({ code, prerequisites }) => ({ code, prerequisites: [...prerequisites] })),
  ...(opinions && { opinions: { days: opinions.days, silenceRule: opinions.silenceRule } }),
});

/** The definition a command carries, as plain JSON with every field in its place. */
export function templateOf(command: PublishTemplate | ReviseTemplate): TemplateDefinition {
  return {
    code: command.id,
    name: command.name,
    nameEn: command.nameEn,
    stages: command.stages.map(stage),
  };
}
