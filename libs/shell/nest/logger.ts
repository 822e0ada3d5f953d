import { type LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

/** One JSON line an event of the process, on standard error, so that standard output stays for what was asked for. */
export function makeLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}

/** Nest's own messages in the same log; what it says at start is of interest only when one looks for a fault. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(details(message, rest), text(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(details(message, rest), text(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(details(message, rest), text(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal(details(message, rest), text(message));
  }
}

function text(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}

/** Nest puts the context last and, for errors, a stack before it. */
function details(message: unknown, rest: readonly unknown[]): object {
  const [first, second] = rest;
  return {
    context: rest.at(-1),
    ...(message instanceof Error ? { err: message } : {}),
    ...(second !== undefined && first !== undefined ? { stack: first } : {}),
  };
}
