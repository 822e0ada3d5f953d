export { ApprovalModule } from './approval.module.js';
export { ExtendTimeLimit, ResumeClock, SuspendClock } from '../clock/clock.commands.js';
export { CloseConsultation, RequestConsultation } from '../consultation/consultation.commands.js';
export {
  ApproveApplication,
  CloseApplication,
  DeliverDecision,
  RefuseApplication,
  WithdrawApplication,
} from '../decision/decision.commands.js';
export { SubmitApplicationHandler } from '../handlers/submit-application.handler.js';
export {
  AssignReviewer,
  RecordStep,
  ReturnApplication,
  SendBackApplication,
  TransferApplication,
} from '../handling/handling.commands.js';
export {
  AcceptApplication,
  RefuseAcceptance,
  RequestSupplement,
  SubmitApplication,
  SubmitSupplement,
} from '../intake/intake.commands.js';
export { ApprovalController } from './applications.controller.js';
export { RateService } from '../record/rating.commands.js';
export { MakeCommitment } from '../ways/commitment.commands.js';
export { CorrectImportedCase } from '../record/imported-case.commands.js';
