import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `data/` and `package.json`, found upwards from here: the code runs from dist/ and from source. */
export function projectRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'data'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no folder above ${start} holds package.json and data/`);
  }
}

/** A file of data/, as an absolute path. */
export const dataFile = (...path: readonly string[]): string => join(projectRoot(), 'data', ...path);

/** A file of data/ with its text; `name` is its path in the project, for messages. */
export interface DataText {
  readonly name: string;
  readonly text: string;
}

/** Where the files of a catalogue come from. */
export interface DataReader {
  file(...path: readonly string[]): Promise<DataText>;
  /** Every YAML file of a folder, by name. */
  folder(name: string): Promise<readonly DataText[]>;
}

export async function readDataFile(...path: readonly string[]): Promise<DataText> {
  const file = dataFile(...path);
  return { name: relative(projectRoot(), file), text: await readFile(file, 'utf8') };
}

/** Every YAML file of a folder of data/, by name. */
export async function readDataFolder(folder: string): Promise<readonly DataText[]> {
  const names = (await readdir(dataFile(folder))).filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(names.map((name) => readDataFile(folder, name)));
}

/** The data/ of this project. */
export const PROJECT_DATA: DataReader = { file: readDataFile, folder: readDataFolder };
