/**
 * 项目代码 by GB/T 40058-2021: 24 characters, four digits of the time (year and month), six of the region, two of the department that guides
 * it, two of the type of project, five at random and one that checks, `2611-210521-04-01-123456`.
 *
 * [?] 未核实: the text of section 4.7 (校验码) was not at hand. The check digit is taken to be that of GB/T 17710 (ISO 7064
 * MOD 11,10) over the nineteen digits before it. PROJECT_CODE_CHECK=form leaves it out, should codes of the national
 * platform be refused.
 */
const FORM = /^(\d{2})(0[1-9]|1[0-2])-\d{6}-\d{2}-\d{2}-\d{6}$/;

export const CODE_CHECKS = ['digit', 'form'] as const;
/** `digit`: the check digit too; `form`: the form alone. */
export type CodeCheck = (typeof CODE_CHECKS)[number];

/** What is wrong with a project code; null when nothing is. */
export function projectCodeFault(code: string, check: CodeCheck = 'digit'): 'form' | 'check-digit' | null {
  if (!FORM.test(code)) return 'form';
  const digits = code.replaceAll('-', '');
  const isRight = checkDigit(digits.slice(0, -1)) === Number(digits.at(-1));
  return check === 'form' || isRight ? null : 'check-digit';
}

/** ISO 7064 MOD 11,10 of a row of digits. */
export function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10;
}
