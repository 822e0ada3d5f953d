/** Looks through a file before it is kept. */
export interface VirusScanner {
  /** The name of what was found; null for a clean file. @throws ScannerAway */
  scan(file: string): Promise<string | null>;
}

/** The scanner cannot say anything: nothing is taken unseen. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway';
}
