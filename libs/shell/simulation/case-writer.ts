import {
  applicantHolds,
  desk,
  dutiesOf,
  type ExaminationDuty,
  type Holder,
  type Stars,
} from '#libs/county/approval';
import {
  AcceptApplication,
  ApproveApplication,
  AssignReviewer,
  CloseApplication,
  CloseConsultation,
  DeliverDecision,
  ExtendTimeLimit,
  RateService,
  RecordStep,
  RefuseAcceptance,
  RefuseApplication,
  RequestConsultation,
  RequestSupplement,
  ResumeClock,
  ReturnApplication,
  SendBackApplication,
  SubmitApplication,
  SubmitSupplement,
  SuspendClock,
  TransferApplication,
  WithdrawApplication,
} from '#libs/county/approval/http';
import { RaiseJurisdictionDispute } from '#libs/county/coordination/http';
import { type Actor } from '#libs/engine/event-sourcing';
import { type HttpCommand, type HttpCommandClass } from '#libs/shell/nest';
import { type PlannedMatter } from './county-catalogue.js';
import { type OfficeClock } from './office-clock.js';
import { type People, type Staff } from './people.js';
import { type Random } from './random.js';

/** A command of the simulated county, its id and meta aside. ISO instants. */
export interface SimulatedCommand {
  readonly at: string;
  /** When it was typed in; later than `at` for a back-entry (补录). */
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly command: HttpCommand;
}

/** What a case writer needs to know of the project around it. */
export interface CaseSetting {
  readonly project: string;
  readonly applicant: string;
  readonly people: People;
  readonly random: Random;
  readonly clock: OfficeClock;
}

/** Working days that a department has for its opinion. */
const OPINION_DAYS = 3;

/** Shares of the promised days, of which an act takes one at most and half of one on the average. */
const SHARES_OF_A_PROMISE = 4;

/** Working days from one act to the next: at least, at most. */
type WorkingDayRange = readonly [least: number, most: number];

/** Writes one application's life, act by act, each some time after the one before. */
export class CaseWriter {
  readonly commands: SimulatedCommand[] = [];
  /** The department that has the application: it changes with a transfer. */
  private department: string;
  private staff: Staff;
  private readonly desk: number;
  private readonly owed: Set<ExaminationDuty>;
  private readonly applicant: Actor;
  /** Working days that an act of the department takes at most. */
  private longest = Infinity;

  constructor(
    private readonly setting: CaseSetting,
    readonly matter: PlannedMatter,
    /** The act before the first, ISO instant; afterwards that of the last act. */
    public at: string,
  ) {
    this.desk = setting.random.between(0, 2);
    this.owed = new Set(dutiesOf(matter.steps));
    this.department = matter.worker;
    this.staff = setting.people.staffOf(this.department, this.desk);
    this.applicant = setting.people.applicant(setting.applicant);
  }

  /** From here on no act of the department takes more than a share of the promised days, so that the promise can be kept. */
  keepThePromise(): void {
    this.longest = Math.floor(this.matter.promisedDays / SHARES_OF_A_PROMISE);
  }

  submit(): void {
    this.act(SubmitApplication, this.applicant, [0, 2], {
      materials: ['申请表', ...this.matter.materials],
      channel: 'one-form',
    });
  }

  /** Requests a supplement, by default of a material that the catalogue names. */
  requestSupplement(material = this.someMaterial()): void {
    this.act(RequestSupplement, this.staff.window, this.intake, {
      items: [{ material, reason: '缺少签章' }],
    });
  }

  supplement(): void {
    this.act(SubmitSupplement, this.applicant, [1, 8], { materials: ['补正材料'] });
  }

  accept(): void {
    this.act(AcceptApplication, this.staff.window, this.intake, {});
  }

  refuseAcceptance(): void {
    const filing = { ground: 'not-within-filing-scope', reason: '不属于备案范围' };
    const licence = { article: '行政许可法 Art. 32(1)', reason: '依法不需要取得行政许可' };
    this.act(
      RefuseAcceptance,
      this.staff.window,
      this.intake,
      this.matter.ends === 'by-closure' ? filing : licence,
    );
  }

  assign(): void {
    const { person, post } = this.staff.reviewer;
    this.act(AssignReviewer, this.staff.head, [0, 1], { person, ...(post === null ? {} : { post }) });
  }

  /** The next step that the catalogue names for the matter. */
  step(name = this.setting.random.pick(this.matter.steps.length === 0 ? ['审查'] : this.matter.steps)): void {
    const duties = dutiesOf([name]);
    for (const duty of duties) this.owed.delete(duty);
    this.act(RecordStep, this.staff.reviewer, [1, 4], {
      step: name,
      ...(duties.includes('on-site-pair') && { second: this.staff.deputy.person }),
    });
  }

  /** What the steps of the matter ask of its examination, if it was not done by chance. */
  private examine(): void {
    for (const step of this.matter.steps)
      if (dutiesOf([step]).some((duty) => this.owed.has(duty))) this.step(step);
  }

  /** Back to the applicant, on the law of the matter itself. */
  returnToApplicant(reason: string): void {
    const { basis } = this.matter;
    this.act(ReturnApplication, this.staff.reviewer, [1, 4], { reason, ...(basis && { article: basis }) });
  }

  /** Back to the applicant without any law, which moves no clock. */
  returnWithoutArticle(reason: string): void {
    this.act(ReturnApplication, this.staff.reviewer, [1, 4], { reason });
  }

  resubmit(): void {
    this.act(SubmitApplication, this.applicant, [2, 8], { materials: ['更正材料'] });
  }

  sendBack(): void {
    this.act(SendBackApplication, this.staff.head, [1, 4], { reason: '请复核用地范围' });
  }

  /** To another department, whose people act from then on. */
  transfer(department: string): void {
    this.act(TransferApplication, this.staff.reviewer, [1, 4], { department, reason: '不属于本部门职责' });
    this.department = department;
    this.staff = this.setting.people.staffOf(department, this.desk);
  }

  /** Raises a dispute over competence, which is never ruled on. */
  dispute(department: string): void {
    this.act(RaiseJurisdictionDispute, this.staff.head, [1, 4], {
      application: this.id,
      departments: [department],
      reason: '职责交叉，需明确主办部门',
    });
    const raised = this.commands.at(-1)?.command;
    if (raised) raised.id = `${this.id}-dispute`;
  }

  /** Asks another department, which will not answer in time. */
  consult(department: string): void {
    this.act(RequestConsultation, this.staff.reviewer, [1, 4], {
      departments: [department],
      question: '是否符合贵单位管理要求',
      days: OPINION_DAYS,
    });
  }

  /** Once the deadline has passed: the lead waits no longer. */
  closeConsultation(): void {
    this.act(CloseConsultation, this.staff.reviewer, [OPINION_DAYS + 1, OPINION_DAYS + 3], {});
  }

  /** For an expert review, which the law takes out of the term. */
  suspend(): void {
    this.act(SuspendClock, this.staff.reviewer, [1, 4], {
      cause: 'expert-review',
      notice: `中止〔${this.at.slice(0, 4)}〕${this.setting.random.between(1, 99)}号`,
      days: 10,
    });
  }

  resume(): void {
    this.act(ResumeClock, this.staff.reviewer, [5, 10], { result: '专家评审通过' });
  }

  extend(): void {
    this.act(ExtendTimeLimit, this.staff.head, [1, 4], { days: 5, reason: '案情复杂，需补充论证' });
  }

  /** Up to the deputy head's desk, inside the department. */
  handUp(): void {
    const { person, post } = this.staff.deputy;
    this.act(TransferApplication, this.staff.reviewer, [1, 4], {
      department: this.department,
      person,
      ...(post === null ? {} : { post }),
      reason: '报分管领导审批',
    });
  }

  /** `typedInLate`: done on paper, and typed in days afterwards. */
  approve(typedInLate = false): void {
    this.examine();
    this.act(ApproveApplication, this.staff.head, [1, 4], { opinion: '符合条件，准予许可' });
    if (typedInLate) this.typeInLate();
  }

  refuse(): void {
    this.examine();
    this.act(RefuseApplication, this.staff.head, [1, 4], {
      article: '行政许可法 Art. 38',
      reason: '不符合规划条件',
    });
  }

  /** The good end that the matter has. */
  complete(): void {
    if (this.matter.ends === 'by-closure') return this.close();
    this.approve();
    this.deliver();
  }

  close(): void {
    this.act(CloseApplication, this.staff.window, [0, 2], { outcome: '已备案' });
  }

  deliver(): void {
    this.act(DeliverDecision, this.staff.window, [1, 5], { recipient: this.applicant.person });
  }

  /** 好差评 of the act before it; its revision is known once that act is on record. */
  rate(stars: Stars): void {
    this.act(RateService, this.applicant, [0, 5], { stars });
  }

  withdraw(): void {
    this.act(WithdrawApplication, this.applicant, [1, 8], { reason: '项目调整' });
  }

  /** Who has the application when its desk, its reviewer, its deputy head or its applicant has it. */
  get deskHolds(): Holder {
    return desk(this.department);
  }
  get reviewerHolds(): Holder {
    return this.holds(this.staff.reviewer);
  }
  get deputyHolds(): Holder {
    return this.holds(this.staff.deputy);
  }
  get applicantHolds(): Holder {
    return applicantHolds(this.applicant.person);
  }

  private holds({ person, post }: Actor): Holder {
    return { party: 'department', department: this.department, post, person };
  }

  /** Working days of the window's acts before acceptance. */
  private get intake(): WorkingDayRange {
    return this.matter.onTheSpot ? [0, 0] : [1, 4];
  }

  private someMaterial(): string {
    const { materials } = this.matter;
    return this.setting.random.pick(materials.length === 0 ? ['总平面图'] : materials);
  }

  private get id(): string {
    return `${this.setting.project}-${this.matter.code}`;
  }

  private typeInLate(): void {
    const last = this.commands.pop();
    if (!last) return;
    this.commands.push({ ...last, recordedAt: this.setting.clock.after(last.at, 8, 20) });
  }

  private act(Command: HttpCommandClass, actor: Actor, [least, most]: WorkingDayRange, fields: object): void {
    const longest = actor.department === null ? Infinity : this.longest;
    this.at = this.setting.clock.after(this.at, Math.min(least, longest), Math.min(most, longest));
    const command = Object.assign(new Command(), fields);
    command.id = this.id;
    this.commands.push({ at: this.at, recordedAt: this.at, actor, command });
  }
}
