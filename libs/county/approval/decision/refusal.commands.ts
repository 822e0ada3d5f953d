import { Act, Cites, HttpCommand, Name, OptionalText, Text } from '#libs/shell/nest';

@Act({
  type: 'RefuseAcceptance',
  path: 'acceptance-refusal',
  roles: ['window'],
  summary: '不予受理 Refuse to accept',
  article: '行政许可法 Art. 32',
})
export class RefuseAcceptance extends HttpCommand {
  declare readonly type: 'RefuseAcceptance';
  @Cites('reference')
  @Name()
  article!: string;
  @Text()
  reason!: string;
  /** 救济途径; left out: as the law has them. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;
}

@Act({
  type: 'RefuseApplication',
  path: 'refusal',
  roles: ['window', 'department-head'],
  summary: '不予许可 Refuse',
  article: '行政许可法 Art. 38',
})
export class RefuseApplication extends HttpCommand {
  declare readonly type: 'RefuseApplication';
  @Cites('reference')
  @Name()
  article!: string;
  @Text()
  reason!: string;
  /** 救济途径; left out: as the law has them. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;

  /** As in `ApproveApplication`. */
  declare needsReview?: boolean;
}
