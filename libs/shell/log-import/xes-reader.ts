import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type LogLine, LogFormatError, messageOf } from './log-record.js';

/** The attribute types of IEEE 1849-2023 that hold a value. `list` and `container` hold attributes and are passed over. */
const VALUE_TYPES = new Set(['string', 'date', 'int', 'float', 'boolean', 'id']);

type Attributes = Map<string, string>;

/**
 * Reads an XES log (IEEE 1849-2023) event by event: an event's record holds its own attributes under their keys and those of
 * its trace under `case:` + key. Global attributes of the log are used when a trace or event has none of that key. Attributes
 * inside attributes, lists, extensions and classifiers are passed over: no column of a mapping can name them.
 * @throws LogFormatError when the text is not well-formed XML, not XES, or ends too early
 */
export async function* readXes(text: AsyncIterable<string>): AsyncGenerator<LogLine> {
  const builder = new XesBuilder();
  const parser = new SaxesParser({ xmlns: false, position: true });
  parser.on('opentag', (tag) => builder.open(tag, parser.line));
  parser.on('closetag', (tag) => builder.close(tag));
  // Without this listener the parser throws in the middle of its own state; the first error is what counts.
  let fault: Error | null = null;
  parser.on('error', (error) => (fault ??= error));
  const check = (): void => {
    if (fault) throw fault;
  };
  try {
    for await (const piece of text) {
      parser.write(piece);
      yield* builder.take();
      check();
    }
    parser.close();
    check();
    builder.end();
  } catch (error) {
    if (error instanceof LogFormatError) throw error;
    // The parser writes the place before the message, as 2:7.
    throw new LogFormatError(`line ${messageOf(error).replace(/^(\d+):\d+: /, '$1: ')}`, { cause: error });
  }
}

/** The state of the walk through the elements: where we are, what has been collected, which records are complete. */
class XesBuilder {
  private readonly path: string[] = [];
  private readonly globals = { trace: new Map<string, string>(), event: new Map<string, string>() };
  private globalScope: 'trace' | 'event' = 'event';
  private trace: Attributes | null = null;
  private traceHasEvents = false;
  private traceLine = 0;
  private event: Attributes | null = null;
  private eventLine = 0;
  private ready: LogLine[] = [];

  open(tag: SaxesTagPlain, line: number): void {
    const name = localName(tag.name);
    const parent = this.path.at(-1);
    if (parent === undefined && name !== 'log') {
      throw new LogFormatError(`line ${line}: the outermost element is <${tag.name}>; XES begins with <log>`);
    }
    this.path.push(name);
    if (name === 'global' && parent === 'log') {
      this.globalScope = tag.attributes['scope'] === 'trace' ? 'trace' : 'event';
    } else if (name === 'trace' && parent === 'log') {
      this.trace = new Map(this.globals.trace);
      this.traceHasEvents = false;
      this.traceLine = line;
    } else if (name === 'event' && (parent === 'trace' || parent === 'log')) {
      this.event = new Map(this.globals.event);
      this.eventLine = line;
      this.traceHasEvents = true;
    } else if (VALUE_TYPES.has(name)) {
      this.attribute(parent, tag.attributes, line);
    }
  }

  close(tag: SaxesTagPlain): void {
    const name = localName(tag.name);
    this.path.pop();
    const parent = this.path.at(-1);
    if (name === 'event' && this.event && (parent === 'trace' || parent === 'log')) {
      if (this.trace) for (const [key, value] of this.trace) this.event.set(`case:${key}`, value);
      this.ready.push({ line: this.eventLine, values: this.event });
      this.event = null;
    } else if (name === 'trace' && parent === 'log') {
      if (!this.traceHasEvents) {
        const name = this.trace?.get('concept:name');
        const note = `the trace${name === undefined ? '' : ` "${name}"`} has no events`;
        this.ready.push({ line: this.traceLine, note });
      }
      this.trace = null;
    }
  }

  /** The records completed since the last call. */
  take(): readonly LogLine[] {
    const ready = this.ready;
    this.ready = [];
    return ready;
  }

  end(): void {
    if (this.path.length > 0) throw new LogFormatError(`the file ends inside <${this.path.join('><')}>`);
  }

  private attribute(parent: string | undefined, attributes: Record<string, string>, line: number): void {
    const { key, value } = attributes;
    if (parent !== 'event' && parent !== 'trace' && parent !== 'global') return;
    if (key === undefined || value === undefined) {
      this.ready.push({ line, reason: 'an attribute without key or value' });
    } else if (parent === 'global') {
      this.globals[this.globalScope].set(key, value);
    } else if (parent === 'event') {
      this.event?.set(key, value);
    } else if (this.traceHasEvents) {
      // The standard's schema puts them first, and events before this one are already on their way.
      this.ready.push({ line, reason: `attribute "${key}" of a trace stands after the trace's events` });
    } else {
      this.trace?.set(key, value);
    }
  }
}

/** Logs written with a namespace prefix (`xes:trace`) are the same to us. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
