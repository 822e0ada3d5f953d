import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** `phase` names what is being counted; a new one begins a new bar. */
  show(phase: string, done: number, total: number): void;
  end(): void;
}

/** Without a terminal: a line every so often. */
const LINE_EVERY_MS = 3_000;

/** A bar on standard error when that is a terminal, else a line every few seconds; standard output stays free. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bars(stream) : lines(stream);
}

function bars(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | null = null;
  let current = '';
  return {
    show(phase, done, total) {
      if (phase !== current) {
        bar?.stop();
        current = phase;
        bar = new SingleBar(
          { stream, format: `${phase.padEnd(12)} {bar} {percentage}% {eta_formatted}`, hideCursor: true },
          Presets.shades_classic,
        );
        bar.start(total, done);
      }
      bar?.update(done);
    },
    end() {
      bar?.stop();
    },
  };
}

function lines(stream: NodeJS.WriteStream): Progress {
  let told = performance.now();
  return {
    show(phase, done, total) {
      if (performance.now() - told < LINE_EVERY_MS) return;
      told = performance.now();
      stream.write(`${phase} ${total === 0 ? 100 : Math.floor((done / total) * 100)}%\n`);
    },
    end: () => undefined,
  };
}
