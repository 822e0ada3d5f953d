import { get, type ClientRequest, type IncomingMessage } from 'node:http';

/** A frame of server-sent events, as a browser reads it. */
export interface Frame {
  /** The last id that was sent with or before it. */
  readonly id: string | null;
  readonly event: string;
  readonly data: ReturnType<typeof JSON.parse>;
}

/** A reader of server-sent events who takes what comes, or nothing. */
export class EventStream {
  readonly frames: Frame[] = [];
  lastId: string | null = null;
  /** How often nothing but a sign of life came. */
  beats = 0;
  hasEnded = false;
  private text = '';
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (more: string) => this.read(more));
    const ended = () => {
      this.hasEnded = true;
      this.tell();
    };
    response.on('close', ended).on('error', ended);
  }

  static open(url: string, headers: Record<string, string>): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      const request = get(url, { headers, agent: false }, (response) => {
        resolve(new EventStream(request, response));
      });
      request.on('error', reject);
    });
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  /** The frames that came so far, without those about the stream itself. */
  get changes(): readonly Frame[] {
    return this.frames.filter(({ event }) => event === 'message');
  }

  /** Resolves once it holds. */
  async until(holds: (stream: this) => boolean): Promise<this> {
    while (!holds(this)) {
      if (this.hasEnded) throw new Error(`the stream ended after ${JSON.stringify(this.frames)}`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
    return this;
  }

  /** Resolves once the other side has ended it. */
  async ended(): Promise<this> {
    while (!this.hasEnded) await new Promise<void>((resolve) => this.waiting.add(resolve));
    return this;
  }

  close(): void {
    this.request.destroy();
  }

  private read(more: string): void {
    const blocks = (this.text + more).split('\n\n');
    this.text = blocks.pop() ?? '';
    for (const block of blocks) this.readBlock(block);
    this.tell();
  }

  private readBlock(block: string): void {
    let [event, data] = ['message', ''];
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
      if (field === '') this.beats++;
      else if (field === 'id') this.lastId = value;
      else if (field === 'event') event = value;
      else if (field === 'data') data += value;
    }
    if (data !== '') this.frames.push({ id: this.lastId, event, data: JSON.parse(data) });
  }

  private tell(): void {
    for (const settle of this.waiting) settle();
    this.waiting.clear();
  }
}
