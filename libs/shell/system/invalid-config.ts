/** A variable that cannot be used; the message names it and says what it may be. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';

  constructor(variable: string, reason: string) {
    super(`${variable} ${reason}`);
  }
}
