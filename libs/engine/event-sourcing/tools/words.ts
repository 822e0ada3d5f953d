const compared = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether each word that is asked for is in one of the texts, whatever its width and case. No character means anything but itself. */
export function holdsEveryWord(texts: readonly string[], asked: string): boolean {
  const whole = compared(texts.join('\n'));
  return compared(asked)
    .split(/\s+/u)
    .every((word) => whole.includes(word));
}
