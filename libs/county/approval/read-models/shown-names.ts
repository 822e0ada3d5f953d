import { type PersonalText, type ReadModels } from '#libs/engine/event-sourcing';
import { type DepartmentNames, type Names, namesOf } from '#libs/county/identity';
import { matters } from '#libs/law/catalogue';
import { type Holder } from '../core/holder.js';
import { STAGE_EN, STAGE_ZH } from '../core/stage.js';
import { type ApplicationDocument } from './application.document.js';

/** A holder with what the department and the person are called; the applicant by the applicant's name. */
export type NamedHolder = Holder & DepartmentNames & { readonly displayName: PersonalText | null };

/** The names next to the codes of an application. Who sees the application may see them. */
export type CaseNames = DepartmentNames & {
  readonly stageZh: string;
  readonly stageEn: string;
  readonly matterNameEn: string | null;
  readonly applicantName: PersonalText | null;
  readonly holder: NamedHolder | null;
};

type Models = Pick<ReadModels, 'getMany'>;
type Named = Pick<ApplicationDocument, 'stage' | 'matter' | 'department' | 'applicant' | 'holder'>;

/** The names of one application. */
export async function namesOfCase(models: Models, application: Named): Promise<CaseNames> {
  const [names] = await caseNames(models, [application]);
  if (names === undefined) throw new Error(`an application of the matter ${application.matter} got no names`);
  return names;
}

/** The names of each application of a list, in its order; what many of them share is read once. */
export async function caseNames(
  models: Models,
  applications: readonly Named[],
): Promise<readonly CaseNames[]> {
  const codes = [...new Set(applications.map(({ matter }) => matter))];
  const [names, found] = await Promise.all([
    namesOf(models, {
      departments: applications.flatMap(({ department, holder }) => [department, holder?.department]),
      people: applications.flatMap(({ applicant, holder }) => [applicant, holder?.person]),
    }),
    codes.length === 0 ? [] : models.getMany(matters, codes),
  ]);
  const english = new Map(codes.map((code, index) => [code, found[index]?.nameEn ?? null]));
  return applications.map(({ stage, matter, department, applicant, holder }) => ({
    stageZh: STAGE_ZH[stage],
    stageEn: STAGE_EN[stage],
    matterNameEn: english.get(matter) ?? null,
    ...names.department(department),
    applicantName: names.person(applicant),
    holder: holder && namedHolder(names, holder, applicant),
  }));
}

function namedHolder(names: Names, holder: Holder, applicant: string): NamedHolder {
  const { party, department, person } = holder;
  return {
    ...holder,
    ...names.department(department),
    displayName: names.person(party === 'applicant' ? (person ?? applicant) : person),
  };
}
