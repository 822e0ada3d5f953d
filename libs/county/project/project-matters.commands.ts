import { businessEnvironment, cited, licensing } from '#libs/law/citations';
import { type Judged } from '#libs/law/catalogue';
import { Act, AnyNames, EachOnce, HttpCommand, Name, OptionalText, Text } from '#libs/shell/nest';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, ValidateNested } from 'class-validator';

class AnswerBody {
  /** Id of a question of the questionnaire. */
  @Name()
  question!: string;
  /** yes or no, the value of an option, or a decimal number. */
  @Name()
  answer!: string;
}

export type QuestionFacts = {
  /** Version of the questionnaire. */
  readonly version: string;
  /** Fields of questions that are not in it. */
  readonly unknown: readonly number[];
  /** Fields of answers that do not answer their question. */
  readonly wrong: readonly number[];
  /** Departments whose business the project is today: those of its matters, and the one that registered it. */
  readonly departments: readonly string[];
};

@Act({
  type: 'AnswerQuestionnaire',
  path: 'questionnaire',
  roles: ['applicant', 'agent', 'window'],
  summary:
    '填写事项问卷 Answer questions about the project, from which its matters follow; other answers stay',
  article: cited(businessEnvironment(36)),
})
export class AnswerQuestionnaire extends HttpCommand<QuestionFacts> {
  declare readonly type: 'AnswerQuestionnaire';
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @EachOnce('question')
  @Type(() => AnswerBody)
  answers!: readonly AnswerBody[];
}

/** A matter as the catalogue has it on the day of the command. */
export type FoundMatter = {
  readonly code: string;
  readonly at: 'absent' | 'not-in-force' | 'abolished' | 'in-force';
  readonly name: string;
  readonly department: string | null;
  /** Whether the project has ever applied for it. */
  readonly applied: boolean;
  /** By the recorded answers; null where no condition is on record. */
  readonly judged: Judged | null;
};

export type MatterFacts = Pick<QuestionFacts, 'departments'> & {
  /** Of every matter that the command names. */
  readonly matters: readonly FoundMatter[];
};

@Act({
  type: 'AddMatter',
  path: 'matter-addition',
  roles: ['applicant', 'agent', 'window'],
  summary: '增加事项 Add a matter to the project, or one that was struck before',
  article: cited(licensing(29)),
})
export class AddMatter extends HttpCommand<MatterFacts> {
  declare readonly type: 'AddMatter';
  @Name()
  matter!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'StrikeMatter',
  path: 'matter-strike',
  roles: ['window', 'department-head'],
  summary:
    '剔除不适用的事项 Strike a matter that does not apply to the project; nothing waits for it any more',
  article: cited(businessEnvironment(35)),
})
export class StrikeMatter extends HttpCommand<MatterFacts> {
  declare readonly type: 'StrikeMatter';
  @Name()
  matter!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'ConfirmProposedMatters',
  path: 'questionnaire-confirmation',
  roles: ['window', 'department-head'],
  summary: '确认事项清单 Add and strike the matters that the recorded answers propose',
  article: cited(businessEnvironment(36)),
})
export class ConfirmProposedMatters extends HttpCommand<MatterFacts> {
  declare readonly type: 'ConfirmProposedMatters';
  /** Of those that are proposed to be added. */
  @AnyNames(200)
  add!: readonly string[];
  /** Of those that are proposed to be struck. */
  @AnyNames(200)
  strike!: readonly string[];
  @OptionalText()
  note?: string;
}

export type ProjectMattersCommand = AnswerQuestionnaire | AddMatter | StrikeMatter | ConfirmProposedMatters;
