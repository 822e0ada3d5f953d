import { type Stars } from '#libs/county/approval';
import { type CaseWriter } from './case-writer.js';
import { type Random } from './random.js';

/** How an ordinary application came out: what waits for it may begin, or never will. */
export type OrdinaryOutcome = 'granted' | 'not-granted';

/** Stars that applicants give who rate at all, most being content. */
const STARS_GIVEN = [
  [5, 62],
  [4, 20],
  [3, 9],
  [2, 5],
  [1, 4],
] as const satisfies readonly (readonly [Stars, number])[];

/** How many applications are worked on in good time. Of the others few keep their promise. */
const IN_TIME = 0.9;

/** What no matter asks for. */
const OUTSIDE_CATALOGUE = '法定代表人户口簿';

/**
 * An application from submission to its end, with what goes wrong in ordinary life: supplements, returns, send-backs, work typed
 * in late, now and then a refusal. It never stalls. At the end some applicants rate it.
 */
export function ordinaryCase(writer: CaseWriter, random: Random): OrdinaryOutcome {
  if (random.chance(IN_TIME)) writer.keepThePromise();
  writer.submit();
  if (random.chance(0.18)) {
    writer.requestSupplement(random.chance(0.04) ? OUTSIDE_CATALOGUE : undefined);
    writer.supplement();
    if (random.chance(0.1)) {
      writer.requestSupplement();
      writer.supplement();
    }
  }
  if (random.chance(0.01)) {
    writer.refuseAcceptance();
    return 'not-granted';
  }
  writer.accept();
  const { ends } = writer.matter;
  if (ends === 'by-closure' || (ends === 'either-way' && random.chance(0.5))) {
    writer.close();
    return 'granted';
  }
  writer.assign();
  for (let steps = random.between(1, 3); steps > 0; steps--) writer.step();
  if (random.chance(0.06)) {
    if (random.chance(0.8)) writer.returnToApplicant('图纸与说明不一致');
    else writer.returnWithoutArticle('图纸与说明不一致');
    writer.resubmit();
  }
  if (random.chance(0.05)) {
    writer.sendBack();
    writer.step();
  }
  if (random.chance(0.1)) writer.handUp();
  if (random.chance(0.01)) {
    writer.withdraw();
    return 'not-granted';
  }
  const granted = !random.chance(0.02);
  if (granted) writer.approve(random.chance(0.04));
  else writer.refuse();
  writer.deliver();
  if (random.chance(0.3)) writer.rate(random.weighted(STARS_GIVEN));
  return granted ? 'granted' : 'not-granted';
}

/** An application that waits for its applicant, and will wait forever: no fault of the government's. */
export function waitingCase(writer: CaseWriter, random: Random): void {
  writer.submit();
  if (random.chance(0.6)) {
    writer.requestSupplement();
    return;
  }
  writer.accept();
  writer.assign();
  writer.step();
  writer.returnToApplicant('用地面积与勘测不符');
}
