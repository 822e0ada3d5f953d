import { cited, licensing } from '#libs/law/citations';
import { Act, HttpCommand, Name, OptionalName, OptionalNames } from '#libs/shell/nest';
import { type StageSubmitted } from './stage-submission.events.js';

/** What the form is for. */
export type StageFacts = Pick<StageSubmitted['data'], 'lead' | 'joinedBy' | 'applications'>;

@Act({
  type: 'SubmitStage',
  path: 'stage-submission',
  roles: ['applicant', 'agent'],
  summary: '一张表单 Submit a whole stage to all its departments at once',
  article: cited(licensing(26)),
})
export class SubmitStage extends HttpCommand<StageFacts> {
  declare readonly type: 'SubmitStage';
  @Name()
  stage!: string;
  /** The one form and its annexes, for every application of the stage. */
  @OptionalNames(200)
  materials?: string[];
  @OptionalName()
  channel?: string;
}
