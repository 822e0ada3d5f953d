import { type Document, type Model, type ReadModels } from '#libs/engine/event-sourcing';
import { NameDirectory, type idsToName, NO_NAMES, type NameTable } from '#libs/shell/nest';
import { type Logger } from 'pino';
import { departments as departmentModel } from '#libs/county/identity';
import { matters, templates } from '#libs/law/catalogue';

/** A refusal does not wait longer than this for the names in it. */
const WAIT_MS = 500;

/** Names from the read models. While these cannot be read, messages show ids. */
export class ReadModelNames extends NameDirectory {
  constructor(
    private readonly models: ReadModels,
    private readonly log: Logger,
  ) {
    super();
  }

  async of(ids: ReturnType<typeof idsToName>): Promise<NameTable> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<NameTable>((resolve) => {
      timer = setTimeout(() => resolve(NO_NAMES), WAIT_MS);
    });
    try {
      return await Promise.race([this.read(ids), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async read({ departments, coded }: ReturnType<typeof idsToName>): Promise<NameTable> {
    try {
      const found = await Promise.all([
        this.named(departmentModel, departments),
        this.named(templates, coded),
        this.named(matters, coded),
      ]);
      return new Map(found.flat());
    } catch (error) {
      this.log.warn({ err: error }, 'names could not be read: a message shows ids');
      return NO_NAMES;
    }
  }

  private async named(
    model: Model<Document & { readonly name?: unknown }>,
    ids: readonly string[],
  ): Promise<[id: string, name: string][]> {
    if (ids.length === 0) return [];
    const documents = await this.models.getMany(model, ids);
    return documents.flatMap((document, index) => {
      const id = ids[index];
      return id !== undefined && typeof document?.name === 'string' ? [[id, document.name]] : [];
    });
  }
}
